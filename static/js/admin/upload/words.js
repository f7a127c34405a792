// The rows of words: saved with one button while files may still be on their way, each row for itself. A row that the
// desk drew anew takes over what was typed since it was sent.

import { fill } from "newsroom/desk"

const MOST_AT_ONCE = 50 // rows in one request, so that none takes long

export class Words {
  constructor({ root, desk, word }) {
    Object.assign(this, { root, desk, word })
    this.form = root.querySelector("[data-words]")
    this.list = root.querySelector("[data-list]")
    this.saved = root.querySelector("[data-saved]")
    this.mostNamed = Number(root.dataset.mostRows)
    this.credits = [] // [input, what stood in it] of the last press of "Same credit"
    this.saving = false
    for (const row of this.rows) wake(row)
    this.form.addEventListener("submit", (event) => this.submit(event))
    this.form.addEventListener("input", () => this.told(this.isUnsaved ? "unsaved" : ""))
    this.form.addEventListener("click", (event) => this.click(event.target))
    root.querySelector("[data-undo-credit]").addEventListener("click", () => this.undoCredit())
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-row]")]
  }

  get isUnsaved() {
    return this.rows.some(isChanged)
  }

  /** Put the row `html` in the place of `element`. */
  add(element, html) {
    const row = made(html)
    wake(row)
    element.replaceWith(row)
    this.moved()
  }

  /** The row of the picture `id`, if it is on this page. */
  row(id) {
    return this.list.querySelector(`[data-row="${id}"]`)
  }

  /** The address of the page names its rows, so that they are there after a reload. */
  moved() {
    const query = new URLSearchParams(this.rows.slice(-this.mostNamed).map((row) => ["id", row.dataset.row]))
    history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`)
    for (const bar of this.root.querySelectorAll("[data-bar]")) bar.hidden = !query.size
  }

  told(name, values = {}) {
    const sentence = name ? fill(this.word(name), values) : ""
    if (this.saved.textContent !== sentence) this.saved.textContent = sentence
  }

  submit(event) {
    event.preventDefault()
    const { name, value, dataset } = event.submitter ?? {}
    if (name === "credit_for") this.credit(value)
    else if (name === "take_back") this.takeBack(event.submitter.closest("[data-row]"), dataset.address)
    else this.save()
  }

  click(target) {
    if (target.closest("[data-take-theirs]")) takeTheirs(target.closest(".upload-row__field"))
    if (target.closest("[data-keep-both]")) {
      const row = target.closest("[data-row]")
      row.querySelector("[data-near]").remove()
      row.querySelector("textarea").focus()
    }
  }

  // --- Saving ------------------------------------------------------------------------------------------------

  async save() {
    if (this.saving) return
    const changed = this.rows.filter(isChanged)
    if (!changed.length) return this.told("nothing")
    this.saving = true
    this.told("saving")
    let [saved, failure] = [0, ""]
    for (let at = 0; at < changed.length && !failure; at += MOST_AT_ONCE) {
      const rows = changed.slice(at, at + MOST_AT_ONCE)
      const answer = await this.desk.sendWords(this.form.action, valuesOf(rows))
      failure = answer.failure ?? ""
      if (!failure) saved += this.took(answer)
    }
    this.saving = false
    if (failure) this.saved.textContent = `${this.word("notSaved")} ${this.word(failure)}`
    else if (saved < changed.length) this.told("savedExcept", { saved, refused: changed.length - saved })
    else this.told(this.isUnsaved ? "unsaved" : "saved")
    this.list.querySelector(".upload-row--refused :is(.errors textarea, .errors input)")?.focus()
  }

  /** Put the desk's rows in the place of those that were sent; the number of those that were saved. */
  took({ rows, gone }) {
    for (const [id, { html }] of Object.entries(rows)) this.redraw(this.row(id), html)
    for (const [id, sentence] of Object.entries(gone)) lost(this.row(id), sentence)
    return Object.values(rows).filter(({ saved }) => saved).length
  }

  redraw(row, html) {
    if (!row) return
    const drawn = made(html)
    wake(drawn)
    const near = row.querySelector("[data-near]")
    if (near) drawn.querySelector(".upload-row__words").prepend(near)
    const focused = row.contains(document.activeElement) ? document.activeElement.name : ""
    for (const input of inputsOf(row)) {
      const other = drawn.querySelector(`[name="${input.name}"]`)
      if (other && input.value !== sent.get(input)?.value) other.value = input.value
      if (other && input.checked !== sent.get(input)?.checked) other.checked = input.checked
    }
    row.replaceWith(drawn)
    if (focused) drawn.querySelector(`[name="${focused}"]`)?.focus()
  }

  // --- One credit for all --------------------------------------------------------------------------------------

  credit(which) {
    const credit = this.form.elements.credit_for_all.value.trim()
    const said = this.root.querySelector("[data-credit-said]")
    if (!credit) {
      said.textContent = this.word("typeCredit")
      return this.form.elements.credit_for_all.focus()
    }
    const inputs = this.rows.map((row) => row.querySelector("[name$='-credit']"))
    const written = inputs.filter(({ value }) => value !== credit && (which === "all" || !value.trim()))
    this.credits = written.map((input) => [input, input.value])
    for (const input of written) input.value = credit
    said.textContent = fill(this.word("credited"), { n: written.length })
    this.root.querySelector("[data-undo-credit]").hidden = !written.length
    this.told(this.isUnsaved ? "unsaved" : "")
  }

  undoCredit() {
    for (const [input, value] of this.credits) input.value = value
    this.credits = []
    this.root.querySelector("[data-undo-credit]").hidden = true
    this.root.querySelector("[data-credit-said]").textContent = ""
    this.form.elements.credit_for_all.focus()
    this.told(this.isUnsaved ? "unsaved" : "")
  }

  // --- The library had it -----------------------------------------------------------------------------------------

  async takeBack(row, address) {
    const answer = await this.desk.sendWords(address, new FormData())
    const words = answer.failure ? [this.word("notTakenBack")] : (answer.errors ?? [])
    if (words.length) return say(row, words.join(" "))
    const link = row.querySelector("[data-near] a")
    const line = document.createElement("li")
    const sentence = document.createElement("p")
    line.className = "upload-item"
    line.dataset.kind = "known"
    line.tabIndex = -1
    sentence.append(this.word("takenBack"), " ", link)
    line.append(sentence)
    row.replaceWith(line)
    line.focus()
    this.moved()
  }
}

/* What was in each input when it was sent. */
const sent = new WeakMap()

function valuesOf(rows) {
  const body = new FormData()
  for (const row of rows) {
    for (const input of row.querySelectorAll("[name]")) {
      if (input.type === "submit" || (input.type === "checkbox" && !input.checked)) continue
      body.append(input.name, input.value)
    }
    for (const input of inputsOf(row)) sent.set(input, { value: input.value, checked: input.checked })
  }
  return body
}

const inputsOf = (row) => [...row.querySelectorAll("textarea, input[type=text], input[type=checkbox]")]

/* A row that was refused is unsaved until it is sent again: the desk draws its words as if they stood there. */
function isChanged(row) {
  if (row.classList.contains("upload-row--refused")) return true
  return inputsOf(row).some((input) => input.value !== input.defaultValue || input.checked !== input.defaultChecked)
}

function made(html) {
  const holder = document.createElement("template")
  holder.innerHTML = html
  return holder.content.querySelector("li")
}

function wake(row) {
  for (const button of row.querySelectorAll("[data-take-theirs], [data-keep-both]")) button.hidden = false
}

function takeTheirs(field) {
  const input = field.querySelector("textarea, input")
  input.value = field.querySelector("[data-theirs]").textContent
  input.focus()
}

function lost(row, sentence) {
  row?.classList.add("upload-row--refused")
  if (row) say(row, sentence)
}

function say(row, sentence) {
  const words = row.querySelector(".upload-row__words")
  let line = words.querySelector(":scope > .upload-row__error")
  if (!line) {
    line = document.createElement("p")
    line.className = "upload-row__error"
    line.role = "alert"
    words.prepend(line)
  }
  line.textContent = sentence
}
