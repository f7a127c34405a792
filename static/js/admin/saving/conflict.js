// The conflict page: each difference has two sides, and a press puts one of them into the form below.

import { write, writeBylines } from "newsroom/saving/form-words"

export function startConflict(saving) {
  const { form } = saving
  const section = document.querySelector("[data-conflict-choices]")
  if (!section) return
  for (const one of section.querySelectorAll("[data-take]")) one.hidden = false

  section.addEventListener("click", ({ target }) => {
    const pressed = target.closest("[data-take]")
    if (!pressed) return
    const difference = pressed.closest(".conflict__difference")
    for (const one of difference.querySelectorAll("[data-take]")) {
      one.setAttribute("aria-pressed", String(one === pressed))
    }
    difference.dataset.taken = pressed.dataset.take
    take(difference, pressed.dataset.take)
    saving.changed()
  })

  function take(difference, side) {
    if ("block" in difference.dataset) write(form, "body", [body(section)])
    else if (difference.dataset.byline) writeBylines(form, JSON.parse(difference.dataset.byline)[side])
    else takeField(form, difference.querySelector(`template[data-side=${side}]`).content)
  }
}

/** The text as chosen so far: of each block the side that was taken, mine where none was. */
function body(section) {
  return [...section.querySelectorAll("[data-block]")]
    .map((block) => block.querySelector(`template[data-side=${block.dataset.taken ?? "mine"}]`).content.textContent)
    .join("")
}

/** Put the values that a field's other input has into the form's own. */
function takeField(form, other) {
  const picture = other.querySelector("[data-picture-input]")
  if (picture) {
    const own = form.querySelector(`[data-picture-input] [name="${picture.querySelector("[data-id]").name}"]`)
    own.closest("[data-picture-input]").replaceWith(picture.cloneNode(true))
    return
  }
  for (const input of other.querySelectorAll("input[name], select[name], textarea[name]")) {
    write(form, input.name, [input.value])
  }
}
