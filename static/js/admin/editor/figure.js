// A picture in the text: the library's picture with the words of this use.

import { button, el, fill } from "newsroom/desk"
import { askWords } from "newsroom/dialog"
import { insertBlock, referenceBlock } from "newsroom/editor/blocks"
import { pickPicture } from "newsroom/picture-picker"

export const FigureBlock = referenceBlock({
  name: "FigureBlock",
  kind: "figure",
  tag: "figure",
  attributes: ["id", "alt", "decorative", "caption", "credit", "size"],
  label: "picture",
  gone: "pictureGone",
  find: (library, { id }) => library.get("picture", id),
  draw,
  edits: [{ action: "edit", symbol: "edit", label: "edit", run: editPicture }],
})

const WORDS = ["alt", "caption", "credit"]

export async function insertFigure(editor) {
  const { desk } = editor.storage
  const chosen = await choose(desk)
  if (chosen) insertBlock(editor, "FigureBlock", { id: String(chosen.picture.id), ...chosen.typed })
  else editor.commands.focus()
}

/**
 * {picture, typed} or null. The picture is as the library has it; `typed` are the words that somebody wrote while
 * uploading a file which the library had already with other words: they belong to this use.
 */
export async function choose(desk, selected = null) {
  try {
    const picked = await pickPicture({ csrfToken: desk.csrfToken, baseUrl: desk.addresses.picturePicker, selected })
    if (!picked) return null
    const picture = (await desk.library.refresh("picture", picked.id)) ?? picked
    const own = WORDS.filter((name) => picked[name] !== picture[name])
    return { picture, typed: Object.fromEntries(own.map((name) => [name, picked[name]])) }
  } catch {
    desk.notice("unreachable")
    return null
  }
}

function draw(attrs, picture, words) {
  const image = el("img", {
    className: "block__picture",
    src: picture.preview || picture.thumb,
    alt: attrs.decorative ? "" : attrs.alt || picture.alt,
    draggable: false,
  })
  return [image, ...wordsBelow(attrs, picture, words)]
}

/** What stands below a picture, and what is missing; a `shared` caption stands elsewhere. */
export function wordsBelow(attrs, picture, words, { shared = false } = {}) {
  const caption = shared ? "" : attrs.caption || picture.caption
  const credit = attrs.credit || picture.credit
  const problems = [
    picture.warning,
    attrs.decorative || attrs.alt || picture.alt ? "" : words.altMissing,
    credit ? "" : words.creditMissing,
  ].filter(Boolean)
  return [
    el(
      "p",
      { className: "block__caption" },
      caption ? `${caption} ` : "",
      credit ? el("span", { className: "block__credit", textContent: `(${credit})` }) : "",
    ),
    attrs.decorative ? el("p", { className: "block__note", textContent: words.isDecorative }) : "",
    problems.length ? el("p", { className: "block__problems", textContent: problems.join(" · ") }) : "",
  ].filter(Boolean)
}

/** New words of this use, or null. Without a `size` among the attributes it is not asked for. */
export async function editPicture(desk, now) {
  const { library, words } = desk
  const attrs = now()
  const known = library.get("picture", attrs.id)
  let picture = typeof known === "symbol" ? null : known
  const preview = el("img", { className: "desk-dialog__picture", alt: "" })
  const other = button({ className: "desk-dialog__cancel", textContent: words.otherPicture })

  // What the library says shows through where this use has no words of its own.
  function showThrough(inputs) {
    for (const name of ["caption", "credit"]) {
      const text = picture?.[name]
      inputs[name].placeholder = text ? fill(words.asInLibrary, { text }) : words.noneInLibrary
    }
    inputs.altBy.name("library", picture?.alt ? fill(words.altOfLibrary, { text: picture.alt }) : words.altNotInLibrary)
    preview.hidden = !picture
    if (picture) preview.src = picture.thumb
  }
  const altBy = ({ decorative, alt }) => (decorative ? "decorative" : alt || !picture?.alt ? "here" : "library")

  const values = await askWords({
    title: words.editPicture,
    words,
    top(inputs) {
      showThrough(inputs)
      other.addEventListener("click", async () => {
        const chosen = await choose(desk, picture?.id)
        if (!chosen) return
        const isAnother = chosen.picture.id !== picture?.id
        picture = chosen.picture
        if (isAnother) {
          // The words that stood here described the picture before.
          for (const name of WORDS) inputs[name].value = chosen.typed[name] ?? ""
          inputs.altBy.value = altBy(chosen.typed)
        }
        showThrough(inputs)
      })
      return el("div", { className: "desk-dialog__chosen" }, preview, other)
    },
    fields: [
      {
        name: "altBy",
        label: words.alt,
        kind: "radio",
        value: altBy(attrs),
        choices: [
          ["library", words.altNotInLibrary],
          ["here", words.altHere],
          ["decorative", words.decorative],
        ],
      },
      { name: "alt", label: words.altSeen, help: words.altHelp, kind: "text", value: attrs.alt, only: { altBy: "here" } },
      { name: "caption", label: words.caption, help: words.captionHelp, kind: "text", value: attrs.caption },
      { name: "credit", label: words.credit, help: words.creditHelp, value: attrs.credit },
      ...("size" in attrs ? [sizeField(attrs, words)] : []),
    ],
    check: ({ altBy: by, alt }) => (by === "here" && !alt ? { alt: words.altNeeded } : null),
  })
  if (!values) return null
  const { altBy: by, size, ...said } = values
  const alt = { alt: by === "here" ? said.alt : "", decorative: by === "decorative" ? "yes" : "" }
  const wide = "size" in attrs ? { size: size === "column" ? "" : size } : {}
  return { ...said, ...alt, ...wide, id: picture ? String(picture.id) : attrs.id }
}

const sizeField = ({ size }, words) => ({
  name: "size",
  label: words.size,
  kind: "choice",
  value: size || "column",
  choices: [
    ["column", words.column],
    ["wide", words.wide],
  ],
})
