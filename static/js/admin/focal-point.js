/* The focal point of a picture, set by a click or with the arrow keys. Without this module the two number
   fields below the picture do the same. */

const STEP = 0.01
const LONG_STEP = 0.1
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const root = document.querySelector("[data-focal-point]")
const image = root?.querySelector("img")
const fields = [document.querySelector("#id_focal_x"), document.querySelector("#id_focal_y")]

if (image && fields.every(Boolean)) start()

function start() {
  const stage = document.createElement("div")
  const marker = document.createElement("button")
  stage.className = "focal-point__stage"
  marker.type = "button"
  marker.className = "focal-point__marker"
  const picture = image.closest("picture")
  picture.before(stage)
  stage.append(picture, marker)

  const read = () => fields.map((field) => inside(Number(field.value)))

  function place() {
    const [x, y] = read()
    // Set through the object model, which the policy allows; a style attribute in markup is not.
    marker.style.left = `${x * 100}%`
    marker.style.top = `${y * 100}%`
    marker.setAttribute("aria-label", `${root.dataset.label} (${Math.round(x * 100)} %, ${Math.round(y * 100)} %)`)
  }

  function move(x, y) {
    fields.forEach((field, index) => {
      field.value = inside([x, y][index]).toFixed(2)
      field.dispatchEvent(new Event("change", { bubbles: true }))
    })
    place()
  }

  stage.addEventListener("click", (event) => {
    if (event.target === marker) return
    const box = image.getBoundingClientRect()
    move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
    marker.focus()
  })
  marker.addEventListener("keydown", (event) => {
    const way = MOVES[event.key]
    if (!way) return
    event.preventDefault()
    const step = event.shiftKey ? LONG_STEP : STEP
    const [x, y] = read()
    move(x + way[0] * step, y + way[1] * step)
  })
  for (const field of fields) field.addEventListener("input", place)
  place()
}

function inside(value) {
  return Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0.5))
}
