/* One crop of the picture: its live preview, moved by dragging or with the keys, and its three number fields. */

import { boxAround, boxOf, holds, resized, widest } from "newsroom/crops/arithmetic"

const STEP = 0.01
const LONG_STEP = 0.1
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const SIZES = { "+": -1, "=": -1, "-": 1 }

export class Slot {
  /** `size` is the picture's in pixels; `point()` gives the focal point; `before()` is called before each change,
      `show(box)` while this slot is worked on, with null when it no longer is. */
  constructor(root, { size, source, point, before, show }) {
    const part = (name) => root.querySelector(`[data-${name}]`)
    Object.assign(this, { root, size, point, before, show })
    this.ratio = Number(root.dataset.ratio)
    this.fields = [...root.querySelectorAll('input[type="number"]')]
    this.state = part("state")
    this.range = part("size")
    this.back = part("back")
    this.frame = part("frame")
    this.handle = part("handle")

    const picture = source.closest("picture").cloneNode(true) // with all its files, so that none is fetched twice
    this.image = picture.querySelector("img")
    this.image.alt = ""
    this.image.draggable = false
    this.frame.replaceChildren(picture, this.handle)
    this.frame.classList.add("crop__frame--live")
    this.least = Math.min(Number(root.dataset.least) / size.width, widest(this.ratio, size))
    this.range.min = this.least
    this.range.max = widest(this.ratio, size)
    this.range.disabled = this.range.min === this.range.max
    this.handle.hidden = part("tools").hidden = false
    part("numbers").open = Boolean(root.closest(".fieldBox").parentElement.querySelector(".errorlist"))
    this.listen()
    this.draw()
  }

  listen() {
    this.handle.addEventListener("pointerdown", (event) => this.drag(event))
    this.handle.addEventListener("keydown", (event) => this.press(event))
    // A finger scrolls the page until the crop was tapped: only then does it drag.
    this.handle.addEventListener("click", () => this.handle.focus())
    this.handle.addEventListener("focus", () => this.show(this.box()))
    this.handle.addEventListener("blur", () => this.show(null))
    this.range.addEventListener("input", () => {
      this.change("size", resized(this.box(), Number(this.range.value), this.ratio, this.size))
    })
    this.range.addEventListener("change", () => (this.changing = null))
    this.back.addEventListener("click", () => {
      this.change("back", null)
      this.handle.focus()
    })
    for (const field of this.fields) field.addEventListener("input", () => this.draw())
  }

  /** The crop of its own, or null. */
  get own() {
    if (this.fields.some((field) => field.value === "")) return null
    const [left, upper, width] = this.fields.map((field) => Number(field.value) / 100)
    return boxOf({ left, upper, width }, this.ratio, this.size)
  }

  box() {
    return this.own ?? boxAround(this.point(), this.ratio, this.size)
  }

  /** Write a box (null: follow the focal point). One run of the same kind of change is undone in one step. */
  change(kind, box) {
    if (this.changing !== kind) this.before()
    this.changing = kind
    const values = box ? [box.left, box.upper, box.width] : []
    this.fields.forEach((field, index) => {
      field.value = box ? (values[index] * 100).toFixed(2) : ""
      field.dispatchEvent(new Event("change", { bubbles: true }))
    })
    this.draw()
    if (document.activeElement === this.handle) this.show(this.box())
  }

  drag(event) {
    if (event.button !== 0 || (event.pointerType === "touch" && document.activeElement !== this.handle)) return
    const begin = this.box()
    const frame = this.frame.getBoundingClientRect()
    const done = new AbortController()
    const on = (type, listener) => this.handle.addEventListener(type, listener, { signal: done.signal })
    this.changing = null
    this.handle.setPointerCapture(event.pointerId)
    on("pointermove", (moved) => {
      const across = ((event.clientX - moved.clientX) / frame.width) * begin.width
      const down = ((event.clientY - moved.clientY) / frame.height) * begin.height
      const box = boxOf({ ...begin, left: begin.left + across, upper: begin.upper + down }, this.ratio, this.size)
      const now = this.box()
      if (box.left !== now.left || box.upper !== now.upper) this.change("drag", box)
    })
    for (const end of ["pointerup", "pointercancel"]) on(end, () => done.abort())
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.shiftKey ? LONG_STEP : STEP
    const box = this.box()
    if (event.key in MOVES) {
      const [across, down] = MOVES[event.key].map((way) => way * step)
      this.change("keys", boxOf({ ...box, left: box.left + across, upper: box.upper + down }, this.ratio, this.size))
    } else if (event.key in SIZES) {
      const width = Math.max(this.least, box.width + SIZES[event.key] * STEP * 2)
      this.change("keys", resized(box, width, this.ratio, this.size))
    } else return
    event.preventDefault()
  }

  draw() {
    const box = this.box()
    const { own, cut, focal } = this.state.dataset
    // Set through the object model, which the policy allows; a style attribute in markup is not.
    Object.assign(this.image.style, {
      inlineSize: `${100 / box.width}%`,
      left: `${(-100 * box.left) / box.width}%`,
      top: `${(-100 * box.upper) / box.height}%`,
    })
    const words = this.own ? (holds(box, this.point()) ? own : cut) : focal
    if (this.state.textContent !== words) this.state.textContent = words
    this.root.toggleAttribute("data-is-own", Boolean(this.own))
    this.back.hidden = !this.own
    this.range.value = box.width
  }
}
