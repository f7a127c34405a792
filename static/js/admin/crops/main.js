/* The focal point of a picture and its crops. A click or the arrow keys move the point, and every crop that has
   none of its own follows at once. Without this module the number fields do the same. */

import { Slot } from "newsroom/crops/slot"

const STEP = 0.01
const LONG_STEP = 0.1
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const root = document.querySelector("[data-cropping]")
const image = root?.querySelector("img")
const fields = [document.querySelector("#id_focal_x"), document.querySelector("#id_focal_y")]

if (image && fields.every(Boolean)) start()

function start() {
  const stage = document.createElement("div")
  const marker = document.createElement("button")
  const outline = document.createElement("div")
  stage.className = "cropping-stage__picture"
  marker.type = "button"
  marker.className = "cropping-stage__marker"
  outline.className = "cropping-stage__outline"
  outline.hidden = true
  image.closest("picture").before(stage)
  stage.append(image.closest("picture"), outline, marker)

  const point = () => {
    const [x, y] = fields.map((field) => inside(Number(field.value)))
    return { x, y }
  }

  /* What can be undone: the values of all fields before each change. */
  const past = []
  const undo = root.querySelector("[data-undo]")
  let moving = null
  const slots = [...document.querySelectorAll("[data-crop]")].map(
    (slot) => new Slot(slot, { size: sizeOf(root), source: image, point, before: () => begin(slot), show }),
  )
  const every = () => [...fields, ...slots.flatMap((slot) => slot.fields)]

  function begin(what) {
    moving = what
    for (const slot of slots) slot.changing = null
    past.push(every().map((field) => field.value))
    undo.disabled = false
  }

  function show(box) {
    outline.hidden = !box
    if (!box) return
    for (const [name, value] of Object.entries({ left: box.left, top: box.upper, width: box.width, height: box.height })) {
      outline.style[name] = `${value * 100}%`
    }
  }

  function place() {
    const { x, y } = point()
    // Set through the object model, which the policy allows; a style attribute in markup is not.
    marker.style.left = `${x * 100}%`
    marker.style.top = `${y * 100}%`
    marker.setAttribute("aria-label", `${root.dataset.label} (${Math.round(x * 100)} %, ${Math.round(y * 100)} %)`)
    for (const slot of slots) slot.draw()
  }

  function write(values) {
    every().forEach((field, index) => {
      if (field.value === values[index]) return
      field.value = values[index]
      field.dispatchEvent(new Event("change", { bubbles: true }))
    })
    place()
  }

  function move(x, y, kind) {
    if (moving !== kind || kind === "click") begin(kind)
    write([inside(x).toFixed(2), inside(y).toFixed(2), ...every().slice(2).map((field) => field.value)])
  }

  stage.addEventListener("click", (event) => {
    if (event.target === marker) return
    const box = image.getBoundingClientRect()
    move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height, "click")
    marker.focus()
  })
  marker.addEventListener("keydown", (event) => {
    const way = MOVES[event.key]
    if (!way) return
    event.preventDefault()
    const step = event.shiftKey ? LONG_STEP : STEP
    const { x, y } = point()
    move(x + way[0] * step, y + way[1] * step, "keys")
  })
  for (const field of fields) field.addEventListener("input", place)
  undo.addEventListener("click", () => {
    if (!past.length) return
    write(past.pop())
    moving = null
    for (const slot of slots) slot.changing = null
    undo.disabled = !past.length
    if (undo.disabled) marker.focus() // a disabled button would drop the focus
  })
  root.querySelector("[data-tools]").hidden = false
  place()
}

function sizeOf({ dataset: { width, height } }) {
  return { width: Number(width), height: Number(height) }
}

function inside(value) {
  return Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.5))
}
