// Modal dialogs of the story form. They live outside the form, because forms cannot be nested.

import { button, el } from "newsroom/desk"

let count = 0

/** A modal dialog, open, with a heading and a close button; it removes itself when closed. */
export function openDialog({ title, close, className = "" }) {
  const heading = el("h2", { className: "desk-dialog__title", id: `desk-dialog-${++count}`, textContent: title })
  const shut = button({ className: "desk-dialog__close", "aria-label": close, title: close, textContent: "×" })
  const dialog = el(
    "dialog",
    { className: `desk-dialog ${className}`, "aria-labelledby": heading.id },
    el("header", { className: "desk-dialog__head" }, heading, shut),
  )
  shut.addEventListener("click", () => dialog.close())
  // A press on the backdrop hits the dialog itself; a drag out of a text field does not begin there.
  dialog.addEventListener("mousedown", (event) => {
    if (event.target === dialog && !dialog.querySelector("form")) dialog.close()
  })
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}

/**
 * Ask for a few words. Resolves to {name: value}, or null when the person cancels.
 *
 * `fields` are {name, label, help, value, placeholder, kind: "line" | "text" | "choice" | "radio", choices: [[value,
 * label]], only: {name: value}}. A field with `only` is there while the other one has that value.
 * `check(values)` may return (a promise of) {name: sentence}, which keeps the dialog open. `top` stands before the
 * fields; it may be a function of the form's inputs by name.
 */
export function askWords({ title, words, fields, top = null, check = () => null }) {
  return new Promise((resolve) => {
    const dialog = openDialog({ title, close: words.close })
    const rows = Object.fromEntries(fields.map((field) => [field.name, makeRow(field)]))
    const inputs = Object.fromEntries(fields.map(({ name }) => [name, rows[name].input]))
    const submit = el("button", { type: "submit", className: "desk-dialog__submit", textContent: words.apply })
    const cancel = button({ className: "desk-dialog__cancel", textContent: words.cancel })
    const showWhatCounts = () => {
      for (const { name, only } of fields.filter((field) => field.only)) {
        rows[name].row.hidden = Object.entries(only).some(([other, value]) => inputs[other].value !== value)
      }
    }
    const form = el(
      "form",
      { className: "desk-dialog__form", noValidate: true },
      top && el("div", { className: "desk-dialog__top" }, typeof top === "function" ? top(inputs) : top),
      ...fields.map(({ name }) => rows[name].row),
      el("p", { className: "desk-dialog__buttons" }, submit, cancel),
    )
    let answer = null
    showWhatCounts()
    form.addEventListener("change", showWhatCounts)
    cancel.addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => resolve(answer))
    form.addEventListener("submit", async (event) => {
      event.preventDefault()
      const values = Object.fromEntries(fields.map(({ name }) => [name, inputs[name].value.trim()]))
      submit.disabled = true
      const problems = (await check(values)) ?? {}
      submit.disabled = false
      for (const { name } of fields) rows[name].say(problems[name] ?? "")
      const first = fields.find(({ name }) => problems[name])
      if (first) return inputs[first.name].focus()
      answer = values
      dialog.close()
    })
    dialog.append(form)
    inputs[fields[0].name].focus()
  })
}

function makeRow({ name, label, help = "", value = "", placeholder = "", kind = "line", choices = [] }) {
  const id = `desk-field-${++count}`
  if (kind === "radio") return makeChoice({ id, name, label, value, choices })
  const tag = { line: "input", text: "textarea", choice: "select" }[kind]
  const options = choices.map(([choice, words]) => el("option", { value: choice, textContent: words }))
  const input = el(tag, { id, name, "aria-describedby": `${id}-help ${id}-error` }, ...options)
  input.value = value
  if (kind !== "choice") input.placeholder = placeholder
  if (kind === "text") input.rows = 3
  const error = el("span", { className: "desk-dialog__error", id: `${id}-error`, role: "alert" })
  const row = el(
    "p",
    { className: "desk-dialog__field" },
    el("label", { htmlFor: id, textContent: label }),
    input,
    el("span", { className: "desk-dialog__help", id: `${id}-help`, textContent: help }),
    error,
  )
  const say = (sentence) => {
    error.textContent = sentence
    input.setAttribute("aria-invalid", sentence ? "true" : "false")
  }
  return { row, input, say }
}

/** One question with all its answers in sight. `input` is like an input: it has a value, and can be focused. */
function makeChoice({ id, name, label, value, choices }) {
  const radios = choices.map(([choice]) => el("input", { type: "radio", name: id, value: choice, id: `${id}-${choice}` }))
  const lines = choices.map(([choice, words], place) =>
    el("label", { htmlFor: `${id}-${choice}` }, radios[place], el("span", { textContent: words })),
  )
  const legend = el("legend", { textContent: label })
  const row = el("fieldset", { className: "desk-dialog__field desk-dialog__choices", "data-name": name }, legend, ...lines)
  const input = {
    get value() {
      return radios.find((radio) => radio.checked)?.value ?? ""
    },
    set value(wanted) {
      for (const radio of radios) radio.checked = radio.value === wanted
      row.dispatchEvent(new Event("change", { bubbles: true }))
    },
    /** Say the answer called `choice` in other words. */
    name(choice, words) {
      lines[radios.findIndex((radio) => radio.value === choice)].querySelector("span").textContent = words
    },
    focus: () => (radios.find((radio) => radio.checked) ?? radios[0]).focus(),
  }
  input.value = value
  return { row, input, say: () => {} }
}
