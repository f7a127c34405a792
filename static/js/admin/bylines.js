// Authors of a story are put in order with two buttons instead of numbers, and each chooser of an author has a name.
// Without script the numbers do the same.

import { button, el } from "newsroom/desk"

const group = document.querySelector("#bylines-group")
const rows = () => [...group.querySelectorAll("tr.form-row:not(.empty-form)")]
const position = (row) => row.querySelector("input[name$=-position]")
const index = (row) => Number(row.id.split("-").at(-1))
/** An unnumbered row is a new one, and stands last. */
const place = (row) => (position(row).value === "" ? Infinity : Number(position(row).value))

/** The row, and the row above it that says what is wrong with it. */
function withErrors(row) {
  const above = row.previousElementSibling
  return above?.classList.contains("row-form-errors") ? [above, row] : [row]
}

function arrange(order) {
  const end = group.querySelector("tr.empty-form")
  const sorted = rows().sort((a, b) => order(a) - order(b) || index(a) - index(b))
  for (const row of sorted) end.before(...withErrors(row))
}

function move(row, by, pressed) {
  const all = rows()
  const from = all.indexOf(row)
  const other = all[from + by]
  if (!other) return
  all.splice(from, 1)
  all.splice(from + by, 0, row)
  all.forEach((one, number) => { position(one).value = number })
  arrange(place)
  refresh()
  if (pressed.disabled) row.querySelector(".byline-move button:not(:disabled)").focus()
  else pressed.focus()
}

function refresh() {
  group.classList.toggle("is-alone", rows().length < 2)
  rows().forEach((row, number, all) => {
    const [up, down] = row.querySelectorAll(".byline-move button")
    up.disabled = number === 0
    down.disabled = number === all.length - 1
  })
}

function prepare(row) {
  const remove = row.querySelector("input[name$=-DELETE]")
  if (remove) remove.after(el("label", { htmlFor: remove.id }, remove.getAttribute("aria-label")))
  const { up, down } = position(row).dataset
  const make = (label, sign, by) => {
    const one = button({ "aria-label": label, title: label, onclick: () => move(row, by, one) }, sign)
    return one
  }
  position(row).hidden = true
  position(row).after(el("div", { className: "byline-move" }, make(up, "↑", -1), make(down, "↓", 1)))
}

/** The library for choosing an author shows a box of its own, named by nothing but its content. */
function nameChooser(row) {
  const select = row.querySelector("select[name$=-author]")
  const box = row.querySelector(".select2-selection")
  if (!box) return
  box.id = `${select.id}_box`
  box.setAttribute("aria-label", select.getAttribute("aria-label"))
  const shown = box.querySelector(".select2-selection__rendered")
  if (!shown) return
  box.setAttribute("aria-labelledby", `${box.id} ${shown.id}`)
  shown.setAttribute("aria-labelledby", box.id)
}

function nameSearch(select) {
  const search = document.querySelector(".select2-container--open .select2-search__field")
  search?.setAttribute("aria-label", select.getAttribute("aria-label"))
}

function start() {
  group.classList.add("is-ordered")
  rows().forEach(prepare)
  arrange(place)
  refresh()
  document.addEventListener("formset:added", ({ target, detail }) => {
    if (detail.formsetName !== "bylines") return
    prepare(target)
    nameChooser(target)
    refresh()
  })
  // Removing a row numbers all others anew, in the order in which they stand: the stored ones must stand first then.
  const whenRemoving = (then) => ({ target }) => target.closest(".inline-deletelink") && then()
  group.addEventListener("click", whenRemoving(() => arrange(index)), true)
  group.addEventListener("click", whenRemoving(() => {
    arrange(place)
    rows().forEach(nameChooser)
    refresh()
  }))
  window.django.jQuery(() => rows().forEach(nameChooser)) // in line behind the library's own start
  window.django.jQuery(group).on("select2:open", ({ target }) => nameSearch(target))
}

if (group?.querySelector("tr.empty-form")) start()
