// Several pictures in the text: a gallery, or two side by side. Each has the words of its own use.

import { button, el, fill, icon } from "newsroom/desk"
import { askWords } from "newsroom/dialog"
import { insertBlock, referenceBlock } from "newsroom/editor/blocks"
import { choose, editPicture, wordsBelow } from "newsroom/editor/figure"
import { LOADING, UNREACHABLE } from "newsroom/editor/library"

const add = (here) => ({ action: "add", symbol: "add_photo_alternate", label: "addPicture", run: addPicture, here })

const held = { tag: "div", holds: true, find, draw, gone: "pictureGone" }

export const GalleryBlock = referenceBlock({
  ...held,
  name: "GalleryBlock",
  kind: "gallery",
  attributes: [],
  label: "gallery",
  edits: [add()],
})

export const SideBySideBlock = referenceBlock({
  ...held,
  name: "SideBySideBlock",
  kind: "side-by-side",
  attributes: ["caption"],
  label: "sideBySide",
  edits: [
    add(({ figures }) => figures.length < 2),
    { action: "caption", symbol: "edit", label: "sharedCaption", run: shareCaption },
  ],
})

/** A gallery begins with one picture; the button for the next one has the focus. */
export async function insertGallery(editor) {
  const chosen = await addPicture(editor.storage.desk, () => ({ figures: [] }))
  if (!chosen) return editor.commands.focus()
  insertBlock(editor, "GalleryBlock", chosen)?.querySelector("[data-action=add]").focus()
}

export async function insertSideBySide(editor) {
  const { desk } = editor.storage
  const first = await addPicture(desk, () => ({ figures: [] }))
  if (!first) return editor.commands.focus()
  const both = (await addPicture(desk, () => first)) ?? first
  insertBlock(editor, "SideBySideBlock", both)?.querySelector(".block > .block__tools > :not([hidden])").focus()
}

async function addPicture(desk, attrs) {
  const chosen = await choose(desk)
  if (!chosen) return null
  const figure = { alt: "", decorative: "", caption: "", credit: "", ...chosen.typed, id: String(chosen.picture.id) }
  return { figures: [...attrs().figures, figure] }
}

function shareCaption({ words }, attrs) {
  const { caption } = attrs()
  const label = words.sharedCaption
  const field = { name: "caption", label, help: words.sharedCaptionHelp, kind: "text", value: caption }
  return askWords({ title: label, words, fields: [field] })
}

function find(library, { figures }) {
  const pictures = figures.map(({ id }) => library.get("picture", id))
  return pictures.includes(UNREACHABLE) ? UNREACHABLE : pictures
}

function draw(attrs, pictures, words, view) {
  const list = el("ol", { className: "block__pictures" }, ...pictures.map((picture, place) => item(picture, place)))
  if (view.editable) sortByDragging(list, (from, to) => move(from, to, "edit"))
  return [
    list,
    attrs.caption && el("p", { className: "block__caption", textContent: attrs.caption }),
    attrs.figures.length < 2 && el("p", { className: "block__note", textContent: words.twoNeeded }),
  ].filter(Boolean)

  function item(picture, place) {
    const row = el("li", { className: "block__item", draggable: view.editable, "data-place": place })
    if (picture === LOADING) row.append(el("p", { className: "block__note", textContent: words.loading }))
    else if (picture === null) row.append(el("p", { className: "block__gone", textContent: words.pictureGone }))
    else row.append(...seen(attrs.figures[place], picture))
    if (view.editable) row.append(tools(place))
    return row
  }

  function seen(figure, picture) {
    const alt = figure.decorative ? "" : figure.alt || picture.alt
    const image = el("img", { className: "block__thumb", src: picture.thumb, alt, draggable: false })
    return [image, ...wordsBelow(figure, picture, words, { shared: Boolean(attrs.caption) })]
  }

  function tools(place) {
    const last = attrs.figures.length - 1
    const values = { number: place + 1 }
    const group = el("div", { className: "block__tools", role: "group", "aria-label": fill(words.pictureNumber, values) })
    const tool = (action, symbol, word, run, disabled = false) => {
      const text = fill(words[word], values)
      const made = button(
        { className: "block__tool", "data-action": action, title: text, "aria-label": text, disabled },
        icon(symbol),
      )
      made.addEventListener("click", run)
      group.append(made)
    }
    tool("edit", "edit", "editNumber", () => edit(place))
    tool("earlier", "arrow_back", "moveEarlier", () => move(place, place - 1, "earlier"), place === 0)
    tool("later", "arrow_forward", "moveLater", () => move(place, place + 1, "later"), place === last)
    tool("remove", "delete", "removeNumber", () => remove(place))
    group.addEventListener("keydown", (event) => {
      const step = event.altKey && { ArrowLeft: -1, ArrowRight: 1 }[event.key]
      if (!step) return
      event.preventDefault()
      event.stopPropagation()
      move(place, place + step, event.target.closest("button").dataset.action)
    })
    return group
  }

  async function edit(place) {
    const figure = view.attrs().figures[place]
    const said = await editPicture(view.desk, () => figure)
    const figures = said && view.attrs().figures.with(place, { ...figure, ...said })
    view.change(figures && { figures }, at(place, "[data-action=edit]"))
  }

  /** The focus follows the picture, to the button of that `action`; at an end of the list that one is of no use. */
  function move(from, to, action) {
    const { figures } = view.attrs()
    if (from === to || to < 0 || to >= figures.length) return
    const useless = { earlier: 0, later: figures.length - 1 }[action] === to
    const figure = figures[from]
    const moved = figures.toSpliced(from, 1).toSpliced(to, 0, figure)
    view.change({ figures: moved }, at(to, `[data-action=${useless ? "edit" : action}]`))
  }

  function remove(place) {
    const figures = view.attrs().figures.toSpliced(place, 1)
    const next = Math.min(place, figures.length - 1)
    view.change({ figures }, figures.length ? at(next, "[data-action=remove]") : "[data-action=add]")
  }
}

const at = (place, selector) => `[data-place="${place}"] ${selector}`

/** Pictures change places by drag and drop: `moved(from, to)`. Only those of this list are taken. */
function sortByDragging(list, moved) {
  let from = null
  const placeOf = (event) => Number(event.target.closest?.(".block__item")?.dataset.place ?? NaN)
  const mark = (place) => {
    for (const item of list.children) item.classList.toggle("is-target", Number(item.dataset.place) === place)
  }
  list.addEventListener("dragstart", (event) => {
    from = placeOf(event)
    event.dataTransfer.effectAllowed = "move"
    event.dataTransfer.setData("text/plain", "")
  })
  list.addEventListener("dragover", (event) => {
    if (from === null) return
    event.preventDefault()
    mark(placeOf(event))
  })
  list.addEventListener("drop", (event) => {
    if (from === null) return
    event.preventDefault()
    const to = placeOf(event)
    if (!Number.isNaN(to)) moved(from, to)
  })
  list.addEventListener("dragend", () => {
    from = null
    mark(null)
  })
}
