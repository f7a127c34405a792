// The conflict page: each difference has two sides, and a press puts one of them into the form below.

import { write, writeBylines } from "newsroom/saving/form-words"

export function startConflict(saving) {
  const { form } = saving
  const section = document.querySelector("[data-conflict-choices]")
  if (!section) return
  for (const one of section.querySelectorAll("[data-take]")) one.hidden = false
  section.querySelector("h2").focus() // what the page is about now, on a phone far below its top

  const untouched = [...section.querySelectorAll("[data-untouched]")]
  const takeUntouched = section.querySelector("[data-take-untouched]")
  takeUntouched.hidden = untouched.length === 0
  takeUntouched.addEventListener("click", () => {
    for (const difference of untouched) choose(difference, "theirs")
    saving.changed()
  })

  section.addEventListener("click", ({ target }) => {
    const pressed = target.closest("[data-take]")
    if (!pressed) return
    choose(pressed.closest(".conflict__difference"), pressed.dataset.take)
    saving.changed()
  })

  function choose(difference, side) {
    for (const one of difference.querySelectorAll("[data-take]")) {
      one.setAttribute("aria-pressed", String(one.dataset.take === side))
    }
    difference.dataset.taken = side
    if ("block" in difference.dataset) write(form, "body", [body(section)])
    else if ("person" in difference.dataset || "order" in difference.dataset) writeBylines(form, byline(section))
    else takeField(form, difference.querySelector(`template[data-side=${side}]`).content)
  }
}

/** The text as chosen so far: of each block the side that was taken, mine where none was. */
function body(section) {
  return [...section.querySelectorAll("[data-block]")]
    .map((block) => block.querySelector(`template[data-side=${block.dataset.taken ?? "mine"}]`).content.textContent)
    .join("")
}

/** The byline as chosen so far: of each author the side that was taken, in the order of the side that was taken. */
function byline(section) {
  const side = section.querySelector("[data-order]")?.dataset.taken ?? "mine"
  return [...section.querySelectorAll("[data-person]")]
    .map((person) => ({ ...JSON.parse(person.dataset.person), taken: person.dataset.taken ?? "mine" }))
    .filter((person) => person[person.taken])
    .sort((one, other) => one.place[side] - other.place[side])
    .map((person) => person[person.taken])
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
