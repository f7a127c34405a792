// The status line of the story form: what is seen at every change, said aloud only when it is news.

import { fill } from "newsroom/desk"

export class Status {
  constructor(root, words) {
    this.root = root
    this.words = words
    this.line = root.querySelector("[data-status]")
    this.why = root.querySelector("[data-why]")
    this.said = root.querySelector("[data-said]")
    this.kind = null
  }

  /** Show the sentence `kind` with `values` and, below it, `why`. A first "saved" after trouble is said. */
  show(kind, values = {}, why = "") {
    this.line.textContent = fill(this.words[kind], values)
    this.why.textContent = why
    this.root.dataset.state = kind
    const quiet = ["saving", "typing", "empty"].includes(kind)
    if (!quiet && this.kind !== kind) {
      const isTrouble = kind !== "saved"
      this.said.textContent = isTrouble || this.kind ? this.line.textContent : ""
      this.kind = kind
    }
  }
}
