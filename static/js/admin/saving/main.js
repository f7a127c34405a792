// Nothing typed is lost: the story form saves itself two seconds after the last change, keeps a copy in the browser
// until the server has confirmed it, and says which of the two is true.

import { startConflict } from "newsroom/saving/conflict"
import { BrowserCopy } from "newsroom/saving/browser-copy"
import { Desk } from "newsroom/saving/desk-calls"
import { read, write } from "newsroom/saving/form-words"
import { startNaming } from "newsroom/saving/naming"
import { startPresence } from "newsroom/saving/presence"
import { offerRecovery } from "newsroom/saving/recovery"
import { Status } from "newsroom/saving/status"

const LOOK = 300 // milliseconds between two looks at what is typed
const WAIT = 2000 // after the last change
const LONGEST = 20_000 // somebody who never pauses is saved this often
const RETRY = 5000
const AWAY = ["offline", "noDatabase", "noDisk"]
const TEMPORARY = [...AWAY, "signedOut"]
const KEPT_BY_SERVER = ["conflict", "taken"] // as a refused revision
const HEARD = ["input", "change", "click", "keyup", "formset:added", "formset:removed"]
const TOUCHED = ["focusin", "pointerdown", "drop"]

export class Saving {
  constructor(root) {
    this.root = root
    this.form = root.closest("form")
    this.config = JSON.parse(root.dataset.saving)
    this.status = new Status(root, this.config.words)
    this.desk = new Desk(this.form, this.config)
    this.copy = new BrowserCopy(this.config)
    this.hasConflict = "conflict" in root.dataset
    this.seen = this.words() // as the last look found it
    this.confirmed = "unsaved" in root.dataset ? null : this.seen // as the server has it
    this.answered = this.confirmed // as the server last got it, whether it could take all of it or not
    this.touched = false
    this.stopped = this.hasConflict ? "choose" : null
    this.sending = null
    this.leaving = false
    this.copied = true
    this.changedSince = null
    if (this.stopped) this.status.show(this.stopped)
    else if (this.confirmed) this.rest()
    else this.status.show("typing")
    this.listen()
    if (this.confirmed === null) {
      this.seen = null // what the server sent back unsaved is in danger at once
      this.changed()
    }
  }

  words() {
    return JSON.stringify(read(this.form))
  }

  get version() {
    return Number(this.form.elements.opened_version.value)
  }

  set version(version) {
    this.form.elements.opened_version.value = version
  }

  get isUnsaved() {
    return this.words() !== this.confirmed
  }

  listen() {
    const look = () => (this.looking ??= setTimeout(() => this.look(), LOOK))
    for (const name of HEARD) document.addEventListener(name, look)
    window.django?.jQuery(document).on("change", look) // the author's input tells jQuery only
    // The modules over the inputs may write a value in other words as they start: that is nobody's typing.
    for (const name of TOUCHED) this.form.addEventListener(name, () => (this.touched = true), true)
    this.form.addEventListener("submit", (event) => this.submit(event))
    window.addEventListener("online", () => this.save())
    window.addEventListener("pageshow", (event) => event.persisted && this.stay())
    window.addEventListener("beforeunload", (event) => {
      this.look()
      if (!this.leaving && this.touched && this.isUnsaved) event.preventDefault()
    })
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) return
      this.look()
      this.save()
    })
  }

  /** Words that came from elsewhere than the keyboard, such as from the browser's copy. */
  changed() {
    this.touched = true
    this.look()
  }

  /** Keep what is new in the browser at once, and save it when the writing pauses. */
  look() {
    clearTimeout(this.looking)
    this.looking = null
    const words = this.words()
    if (!this.touched || words === this.seen || this.leaving) return
    this.seen = words
    if (words === this.confirmed) {
      this.copy.remove()
      return
    }
    this.copied = this.copy.write(JSON.parse(words), this.version)
    this.dispatch("saving:typed")
    if (this.stopped) return
    if (!this.sending && !AWAY.includes(this.status.root.dataset.state)) this.status.show("typing")
    this.changedSince ??= Date.now()
    this.later(Date.now() - this.changedSince > LONGEST ? 0 : WAIT - LOOK)
  }

  later(wait) {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.save(), wait)
  }

  /** Send what is typed, unless it was sent already. Resolves when the server has answered. */
  async save() {
    clearTimeout(this.waiting)
    if (this.sending) await this.sending
    if (this.stopped || this.leaving || !this.touched || this.words() === this.answered) return
    this.sending = this.send()
    await this.sending
    this.sending = null
    if (!this.stopped && this.changedSince) this.later(WAIT)
  }

  async send() {
    const words = this.words()
    this.changedSince = null
    this.status.show("saving")
    this.number()
    const { kind, data } = await this.desk.post(this.config.addresses.autosave, new FormData(this.form))
    if (kind === "ok") this.took(words, data)
    else if (TEMPORARY.includes(kind)) {
      this.status.show(this.told(kind))
      this.later(RETRY)
    } else {
      const isPassing = kind === "refused" && data.status >= 500
      if (isPassing) this.later(RETRY)
      else if (kind !== "refused") this.stopped = kind
      this.answered = isPassing ? this.answered : words
      this.status.show(this.told(kind), data ?? {})
    }
  }

  /** The name of the sentence for `kind`: none may promise a copy that this browser has no room for. */
  told(kind) {
    if (this.copied || KEPT_BY_SERVER.includes(kind)) return kind
    return kind === "offline" ? "offlineBare" : "bare"
  }

  took(words, { story, version, saved_at: time, kept_back: keptBack, addresses, moved }) {
    this.answered = words
    if (!story) return this.status.show("typing", {}, reasons(keptBack))
    this.config.savedAt = time
    if (!this.config.story) this.become(story, addresses)
    this.version = version
    words = this.catchUp(moved, words)
    if (keptBack.length) {
      const fields = keptBack.map(({ label }) => label).join(", ")
      this.copied = this.copy.write(JSON.parse(this.words()), version)
      return this.status.show("savedExcept", { time, fields }, reasons(keptBack))
    }
    this.confirmed = words
    if (this.words() === words) this.copy.remove()
    this.status.show("saved", { time })
  }

  /** What a question asked in the background was answered with: a sign-in that ended is told before more is typed. */
  heard(kind) {
    if (this.stopped || this.sending) return
    if (kind === "signedOut") this.status.show(kind)
    else if (kind === "ok" && this.status.kind === "signedOut" && !this.isUnsaved) this.rest()
  }

  /** Say that the server has everything. */
  rest() {
    const time = this.config.savedAt
    this.status.show(time ? "saved" : "empty", { time })
  }

  /** Put in the form what this person changed in the list meanwhile; returns the words that the server has then. */
  catchUp(moved, words) {
    const typedSince = this.words() !== words
    for (const [name, value] of Object.entries(moved)) write(this.form, name, [value])
    if (typedSince || !Object.keys(moved).length) return words
    return (this.answered = this.words())
  }

  /** Number what is sent, so that the server knows an older post that arrives later. */
  number() {
    this.form.elements.sent.value = Number(this.form.elements.sent.value) + 1
  }

  /** A new story has got a number: from now on the page is that story's. */
  become(story, addresses) {
    Object.assign(this.config, { story, addresses })
    this.copy.rename(story)
    history.replaceState(null, "", addresses.change)
    this.form.action = addresses.change
    for (const button of this.form.querySelectorAll("[name=_preview]")) button.formAction = addresses.preview
    this.dispatch("saving:created")
  }

  dispatch(name) {
    this.root.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: this }))
  }

  /** Save and Publish wait for an autosave that is under way, and go once however often they are pressed. */
  async submit(event) {
    const button = event.submitter
    if (event.defaultPrevented || !["", "_self"].includes(button?.formTarget ?? "")) return
    if (this.leaving || this.queued) return event.preventDefault()
    if (this.sending) {
      event.preventDefault()
      this.queued = true
      await this.sending
      this.queued = false
      return this.form.requestSubmit(button)
    }
    this.look()
    clearTimeout(this.waiting)
    this.leaving = true
    this.number()
    if (this.isUnsaved) this.copy.write(read(this.form), this.version, true)
    this.status.show("saving")
    setTimeout(() => this.disable(true), 0) // a disabled button would not be sent
    setTimeout(() => this.stay(), 15_000) // an answer that never came leaves the buttons usable
  }

  stay() {
    this.leaving = false
    this.disable(false)
  }

  disable(isDisabled) {
    for (const button of this.form.querySelectorAll(".story-buttons button[type=submit]")) button.disabled = isDisabled
  }
}

const reasons = (keptBack) => keptBack.map(({ label, why }) => `${label}: ${why}`).join(" ")

const root = document.querySelector("[data-saving]")
if (root) {
  const saving = new Saving(root)
  startPresence(saving)
  startNaming(saving)
  startConflict(saving)
  offerRecovery(saving)
}
