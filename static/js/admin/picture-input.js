/* The form widget images.widgets.PictureInput: Choose, Change and Remove over a hidden id. */
import { pickPicture } from "newsroom/picture-picker"

function show(root, picture) {
  const part = (name) => root.querySelector(`[data-${name}]`)
  const input = part("id")
  input.value = picture ? picture.id : ""
  const image = new Image(96, 96)
  image.alt = picture?.alt ?? ""
  if (picture?.thumb) image.src = picture.thumb
  part("thumb").replaceChildren(...(picture?.thumb ? [image] : []))
  part("caption").textContent = picture ? picture.caption || picture.label : ""
  part("credit").textContent = picture?.credit ? `(${picture.credit})` : ""
  part("warning").textContent = picture?.warning ?? ""
  part("chosen").hidden = part("remove").hidden = !picture
  root.querySelector('[data-when="empty"]').hidden = Boolean(picture)
  root.querySelector('[data-when="chosen"]').hidden = !picture
  input.dispatchEvent(new Event("change", { bubbles: true }))
}

async function choose(root) {
  const failed = root.querySelector("[data-failed]")
  failed.hidden = true
  try {
    const picture = await pickPicture({
      baseUrl: root.dataset.picker,
      csrfToken: root.closest("form").querySelector("[name=csrfmiddlewaretoken]").value,
      selected: Number(root.querySelector("[data-id]").value) || null,
    })
    if (picture) show(root, picture)
  } catch (error) {
    failed.hidden = false
    throw error
  }
}

/* One listener for the whole page, so that inlines added later need no setting up. */
document.addEventListener("click", (event) => {
  const root = event.target.closest("[data-picture-input]")
  if (!root) return
  if (event.target.closest("[data-choose]")) choose(root)
  if (event.target.closest("[data-remove]")) {
    show(root, null)
    root.querySelector("[data-choose]").focus()
  }
})

/* A row added to a formset starts empty, whatever the row it was copied from shows. */
document.addEventListener("formset:added", (event) => {
  for (const root of event.target.querySelectorAll("[data-picture-input]")) {
    if (!root.querySelector("[data-id]").value) show(root, null)
  }
})
