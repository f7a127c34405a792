// The files on their way: one request at a time, so that two hundred cost the server no more than one. A file leaves the
// queue only when the desk has said what became of it; a lost network or a sign-in that ended stops it, and it goes on.

import { fill } from "newsroom/desk"

const PAUSE = 5000 // milliseconds until the desk is looked for again
const STRIKES = 2 // so often a file may fail to be sent while the desk can be reached
const UNITS = ["KB", "MB", "GB"]

export class Queue {
  /** `onNew(item, answer)` and `onKnown(item, answer)` put something in the place of `item.element`. */
  constructor({ root, desk, word, onNew, onKnown }) {
    Object.assign(this, { desk, word, onNew, onKnown })
    this.list = root.querySelector("[data-list]")
    this.template = root.querySelector("template[data-item]")
    this.mostBytes = Number(root.dataset.mostBytes)
    this.state = root.querySelector("[data-state]")
    this.trouble = this.state.querySelector("[data-trouble]")
    this.items = []
    this.stopped = null // the word for what stands in the way
    this.running = false
    this.trouble.querySelector("[data-go-on]").addEventListener("click", () => this.goOn())
    window.addEventListener("online", () => this.stopped === "offline" && this.goOn())
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && ["offline", "signedOut", "otherPerson"].includes(this.stopped)) this.goOn()
    })
  }

  get isBusy() {
    return this.items.some(({ kind }) => ["waiting", "sending"].includes(kind))
  }

  add(files, folders = []) {
    for (const name of folders) this.refuse(this.line({ name, size: 0 }), this.word("folder"))
    for (const file of files) {
      const item = this.line(file)
      if (file.size > this.mostBytes) {
        const values = { weight: weight(file.size), limit: weight(this.mostBytes) }
        this.refuse(item, fill(this.word("weight"), values))
      } else this.wait(item)
    }
    this.run()
  }

  line(file) {
    const element = this.template.content.firstElementChild.cloneNode(true)
    const item = { file, element, kind: "waiting", share: 0, strikes: 0 }
    element.querySelector("[data-name]").textContent = file.name
    element.querySelector("[data-weight]").textContent = file.size ? weight(file.size) : ""
    element.querySelector("progress").ariaLabel = file.name
    element.querySelector("[data-again]").addEventListener("click", () => {
      item.strikes = 0
      this.wait(item)
      this.run()
    })
    element.querySelector("[data-leave-out]").addEventListener("click", () => {
      const next = element.nextElementSibling?.querySelector("button") ?? document.querySelector("#upload-file")
      this.items = this.items.filter((other) => other !== item)
      element.remove()
      next.focus()
      this.show()
    })
    this.items.push(item)
    this.list.append(element)
    return item
  }

  async run() {
    if (this.running || this.stopped) return
    this.running = true
    let item
    while (!this.stopped && (item = this.items.find(({ kind }) => kind === "waiting"))) await this.sendOne(item)
    this.running = false
    this.show()
  }

  async sendOne(item) {
    const body = new FormData()
    body.append("file", item.file)
    this.mark(item, "sending", this.word("sending"))
    const answer = await this.desk.send(this.desk.address, body, (share) => {
      item.share = share
      if (share === 1) this.mark(item, "sending", this.word("working"))
      this.show()
    })
    if (answer.failure) return this.sentInVain(item, answer.failure)
    if (answer.kind === "refused") return this.refuse(item, answer.sentence)
    if (answer.kind === "full") return this.stop("full", item)
    this.mark(item, answer.kind, "")
    if (answer.kind === "new") this.onNew(item, answer)
    else this.onKnown(item, answer)
    item.file = null // the browser may forget it
  }

  /** No answer that says what became of the file: it waits, unless it is the file's own fault. */
  async sentInVain(item, failure) {
    if (failure === "too-heavy") return this.refuse(item, this.word("too-heavy"))
    const why = await this.desk.ask()
    if (why !== "ok") return this.stop(why, item)
    if (failure === "refused") return this.fail(item, "failed")
    item.strikes += 1
    if (item.strikes === STRIKES) this.fail(item, "unsendable")
    else this.wait(item)
  }

  stop(why, item) {
    if (item) this.wait(item)
    this.stopped = why
    clearTimeout(this.looking)
    if (why === "offline") this.looking = setTimeout(() => this.goOn(), PAUSE)
    this.show()
  }

  /** Look for the desk, and go on where it stopped. */
  async goOn() {
    if (!this.stopped || this.asking) return
    this.asking = true
    const why = await this.desk.ask()
    this.asking = false
    if (why !== "ok") return this.stop(why)
    this.stopped = null
    this.run()
  }

  wait(item) {
    item.share = 0
    this.mark(item, "waiting", this.word("waiting"))
  }

  refuse(item, sentence) {
    this.mark(item, "refused", sentence)
  }

  fail(item, name) {
    this.mark(item, "failed", this.word(name))
  }

  mark(item, kind, sentence) {
    item.kind = kind
    item.element.dataset.kind = kind
    item.element.querySelector("[data-say]").textContent = sentence
    item.element.querySelector("[data-again]").hidden = kind !== "failed"
    item.element.querySelector("[data-leave-out]").hidden = !["waiting", "failed", "refused"].includes(kind)
    this.show()
  }

  show() {
    const number = (...kinds) => this.items.filter(({ kind }) => kinds.includes(kind)).length
    const all = this.items.length
    const left = number("waiting", "sending")
    const current = this.items.find(({ kind }) => kind === "sending")
    for (const { element, kind, share } of this.items) {
      const bar = element.querySelector("progress")
      if (!bar) continue
      bar.hidden = kind !== "sending"
      bar.value = share
    }
    this.state.hidden = !all
    const bar = this.state.querySelector("[data-all]")
    bar.value = all ? (all - left + (current?.share ?? 0)) / all : 0
    bar.hidden = !left
    this.say(all, left, current, number)
    this.trouble.hidden = !this.stopped
    const sentence = this.stopped ? this.word(this.stopped) : ""
    const place = this.trouble.querySelector("[data-trouble-words]")
    if (place.textContent !== sentence) place.textContent = sentence
    this.trouble.querySelector("[data-sign-in]").hidden = !["signedOut", "otherPerson"].includes(this.stopped)
  }

  say(all, left, current, number) {
    const said = this.state.querySelector("[data-said]")
    const values = { all, left, n: all - left + 1, name: current?.file.name ?? "" }
    const counts = { done: number("new"), known: number("known"), refused: number("refused", "failed") }
    if (left && !current && !this.stopped) return // between two files
    const name = current ? "current" : left ? "left" : "ended"
    const sentence = all ? fill(this.word(name), { ...values, ...counts }) : ""
    if (said.textContent !== sentence) said.textContent = sentence // read aloud when it is another
  }
}

export function weight(bytes) {
  let [number, unit] = [Math.max(bytes / 1024, 0.1), 0]
  while (number >= 1024 && unit < UNITS.length - 1) [number, unit] = [number / 1024, unit + 1]
  return `${number.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${UNITS[unit]}`
}
