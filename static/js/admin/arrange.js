// Arranging a page: stories are moved by drag, by arrow keys on their handle, and by the buttons, here in place.
// The desk draws the lists: after each move the form is sent along, and what comes back takes their place.

import { fill } from "newsroom/desk"
import { pickStory } from "newsroom/story-picker"

const form = document.querySelector("[data-arrange]")
const { stories, words } = JSON.parse(form.dataset.arrange)
let turn = 0
let leaving = false
let dragged = null

const body = () => form.querySelector("[data-arrange-body]")
const parts = () => [...form.querySelectorAll("[data-part]")]
const partOf = (row) => row.closest("[data-part]")
const rowsOf = (part) => [...part.querySelectorAll(".arrange__row")]
const isFull = (part) => rowsOf(part).length >= Number(part.dataset.most)

function say(text) {
  body().querySelector("[data-arrange-said]").textContent = text
}

/** Put `row` into `part` before its row number `place`; false when there is no room. */
function put(row, part, place) {
  if (partOf(row) !== part && isFull(part)) {
    say(fill(words.full, { part: part.dataset.label }))
    return false
  }
  const others = rowsOf(part).filter((other) => other !== row)
  const list = part.querySelector(".arrange__list")
  list.insertBefore(row, others[place] ?? list.querySelector(".arrange__fill"))
  row.querySelector("input").name = part.dataset.part
  return true
}

/** One step up or down, at the end of a list into the next one that has room. */
function step(row, by) {
  const part = partOf(row)
  const place = rowsOf(part).indexOf(row) + by
  if (place >= 0 && place < rowsOf(part).length) return put(row, part, place)
  const beyond = by < 0 ? parts().slice(0, parts().indexOf(part)).reverse() : parts().slice(parts().indexOf(part) + 1)
  const next = beyond.find((other) => !isFull(other))
  return next ? put(row, next, by < 0 ? rowsOf(next).length : 0) : false
}

function told(row) {
  const part = partOf(row)
  const place = rowsOf(part).indexOf(row) + 1
  return fill(words.moved, { headline: row.dataset.headline, place, part: part.dataset.label })
}

/** Ask the desk to draw the lists anew; `focus` is a selector for what has the focus then. */
async function refresh(said, focus) {
  const mine = ++turn
  body().dataset.changed = ""
  say(said)
  if (focus) form.querySelector(focus)?.focus()
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) })
    if (!response.ok || response.redirected) throw new Error(response.status)
    const drawn = new DOMParser().parseFromString(await response.text(), "text/html")
    if (mine !== turn || dragged) return // something moved since, or is moving
    const fresh = document.importNode(drawn.querySelector("[data-arrange-body]"), true)
    body().replaceWith(fresh)
    dress()
    if (fresh.hasAttribute("data-changed")) say(`${said} · ${fresh.querySelector("[data-arrange-said]").textContent}`)
    if (focus) (form.querySelector(`${focus}:not(:disabled)`) ?? form.querySelector("[data-handle]"))?.focus()
  } catch {
    if (mine === turn) say(words.unreachable)
  }
}

const handleOf = (row) => `.arrange__row[data-id="${row.dataset.id}"] [data-handle]`

function press(event) {
  const pressed = event.target.closest("button")
  if (pressed?.matches("[data-add]")) return add(partOf(pressed))
  const row = pressed?.closest(".arrange__row")
  if (!row || !pressed.name) return
  event.preventDefault()
  if (pressed.name === "_out") {
    const next = row.nextElementSibling?.matches(".arrange__row") ? row.nextElementSibling : row.previousElementSibling
    const part = partOf(row)
    row.remove()
    const focus = next ? handleOf(next) : `[data-part="${part.dataset.part}"] [data-add]`
    return refresh(fill(words.out, { headline: row.dataset.headline }), focus)
  }
  if (put(row, partOf(row), rowsOf(partOf(row)).indexOf(row) + (pressed.name === "_up" ? -1 : 1))) {
    refresh(told(row), `.arrange__row[data-id="${row.dataset.id}"] [name="${pressed.name}"]`)
  }
}

function key(event) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (!by || !event.target.matches("[data-handle]")) return
  event.preventDefault()
  const row = event.target.closest(".arrange__row")
  if (step(row, by)) refresh(told(row), handleOf(row))
}

async function add({ dataset }) {
  const taken = [...form.querySelectorAll(".arrange__row")].map((row) => Number(row.dataset.id))
  const story = await pickStory({ baseUrl: stories, exclude: taken, words })
  if (!story) return
  const part = form.querySelector(`[data-part="${dataset.part}"]`) // drawn anew, perhaps, while the picker was open
  const input = document.createElement("input")
  Object.assign(input, { type: "hidden", name: part.dataset.part, value: story.id })
  part.append(input)
  const place = rowsOf(part).length + 1
  const said = fill(words.moved, { headline: story.headline, place, part: part.dataset.label })
  refresh(said, `.arrange__row[data-id="${story.id}"] [data-handle]`)
}

// --- Drag: the row follows the pointer from list to list, and stays where it is let go ---------------------

function drag(event) {
  const handle = event.target.closest("[data-handle]")
  if (!handle || event.button !== 0) return
  dragged = handle.closest(".arrange__row")
  dragged.classList.add("is-dragged")
  form.setPointerCapture(event.pointerId)
}

function over(event) {
  if (!dragged) return
  const part = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-part]")
  if (!part || (part !== partOf(dragged) && isFull(part))) return
  const others = rowsOf(part).filter((row) => row !== dragged)
  const place = others.findIndex((row) => {
    const box = row.getBoundingClientRect()
    return event.clientY < box.top + box.height / 2
  })
  put(dragged, part, place < 0 ? others.length : place)
}

function drop() {
  if (!dragged) return
  const row = dragged
  dragged = null
  row.classList.remove("is-dragged")
  refresh(told(row), handleOf(row))
}

/** What only works with script is shown; the search without it goes. */
function dress() {
  for (const hidden of form.querySelectorAll("[data-handle], [data-add]")) hidden.hidden = false
}

if (form.querySelector("[data-arrange-find]")) {
  form.querySelector("[data-arrange-find]").hidden = true
  dress()
  form.addEventListener("click", press)
  form.addEventListener("keydown", key)
  form.addEventListener("pointerdown", drag)
  form.addEventListener("pointermove", over)
  form.addEventListener("pointerup", drop)
  form.addEventListener("pointercancel", drop)
  form.addEventListener("submit", (event) => {
    leaving = !event.submitter?.formTarget
  })
  addEventListener("beforeunload", (event) => {
    if (!leaving && body().hasAttribute("data-changed")) event.preventDefault()
  })
}
