// "Keep this version as…": a name for the newest save, written beside the status line.

import { button, el, fill } from "newsroom/desk"

export function startNaming(saving) {
  const { config, desk, form, root, status } = saving
  const { words } = config
  const place = root.querySelector("[data-keep]")
  const open = button({ className: "link-button", textContent: words.keep, hidden: !config.story || saving.hasConflict })
  const input = el("input", { type: "text", maxLength: 80, id: "keep-version-name" }) // no name: not part of the story
  const label = el("label", { htmlFor: input.id, textContent: words.keepName })
  const apply = button({ className: "button", textContent: words.keepApply })
  const cancel = button({ className: "link-button", textContent: words.cancel })
  const row = el("span", { className: "saving__naming", hidden: true }, label, " ", input, " ", apply, " ", cancel)
  place.append(open, row)

  function show(isOpen) {
    row.hidden = !isOpen
    open.hidden = isOpen
    if (isOpen) input.focus()
    else open.focus()
  }

  async function keep() {
    const name = input.value.trim()
    if (!name) return input.focus()
    await saving.save()
    const body = new FormData()
    body.set("name", name)
    body.set("tab", form.elements.tab.value)
    body.set("opened_version", saving.version)
    const { kind, data } = await desk.post(config.addresses.keep, body)
    if (kind !== "ok") return status.show(kind, data ?? {})
    input.value = ""
    show(false)
    status.line.textContent = fill(words.kept, data)
    status.said.textContent = status.line.textContent
  }

  open.addEventListener("click", () => show(true))
  cancel.addEventListener("click", () => show(false))
  apply.addEventListener("click", keep)
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault() // Enter would send the story's form
      keep()
    } else if (event.key === "Escape") show(false)
  })
  root.addEventListener("saving:created", () => (open.hidden = false))
}
