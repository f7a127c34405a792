/* The library's page: one box ticks all pictures of the page. */

const form = document.querySelector("[data-library]")
const all = form?.querySelector("[data-all]")
const boxes = [...(form?.querySelectorAll("[name=_selected_action]") ?? [])]

function count() {
  const ticked = boxes.filter((box) => box.checked).length
  all.checked = ticked === boxes.length
  all.indeterminate = ticked > 0 && ticked < boxes.length
}

if (all) {
  all.closest("label").hidden = false
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked
  })
  form.addEventListener("change", count)
  window.addEventListener("pageshow", count) // the browser's Back brings ticks back
}
