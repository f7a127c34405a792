// The status line of the story form: what is seen at every change, said aloud only when it is news.

import { fill } from "newsroom/desk"

export class Status {
  constructor(root, words) {
    this.root = root
    this.words = words
    this.line = root.querySelector("[data-status]")
    this.said = root.querySelector("[data-said]")
    this.kind = null
  }

  /** Show the sentence `kind` with `values`; `title` tells more on demand. A first "saved" after trouble is said. */
  show(kind, values = {}, title = "") {
    this.line.textContent = fill(this.words[kind], values)
    this.line.title = title
    this.root.dataset.state = kind
    const quiet = ["saving", "typing", "empty"].includes(kind)
    if (!quiet && this.kind !== kind) {
      const isTrouble = kind !== "saved"
      this.said.textContent = isTrouble || this.kind ? this.line.textContent : ""
      this.kind = kind
    }
  }
}
