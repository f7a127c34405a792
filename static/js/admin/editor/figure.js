// A picture in the text: the library's picture with the words of this use.

import { button, el, fill } from "newsroom/desk"
import { askWords } from "newsroom/dialog"
import { insertBlock, referenceBlock } from "newsroom/editor/blocks"
import { pickPicture } from "newsroom/picture-picker"

export const FigureBlock = referenceBlock({
  name: "FigureBlock",
  kind: "figure",
  tag: "figure",
  attributes: ["id", "alt", "caption", "credit", "size"],
  label: "picture",
  editLabel: "edit",
  gone: "pictureGone",
  find: (library, { id }) => library.get("picture", id),
  draw,
  edit,
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
async function choose(desk, selected = null) {
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
  const caption = attrs.caption || picture.caption
  const credit = attrs.credit || picture.credit
  const problems = [
    picture.warning,
    attrs.alt || picture.alt ? "" : words.altMissing,
    credit ? "" : words.creditMissing,
  ].filter(Boolean)
  return [
    el("img", {
      className: "block__picture",
      src: picture.preview || picture.thumb,
      alt: attrs.alt || picture.alt,
      draggable: false,
    }),
    el(
      "p",
      { className: "block__caption" },
      caption ? `${caption} ` : "",
      credit ? el("span", { className: "block__credit", textContent: `(${credit})` }) : "",
    ),
    problems.length ? el("p", { className: "block__problems", textContent: problems.join(" · ") }) : "",
  ].filter(Boolean)
}

async function edit(desk, attrs) {
  const { library, words } = desk
  const known = library.get("picture", attrs.id)
  let picture = typeof known === "symbol" ? null : known
  const preview = el("img", { className: "desk-dialog__picture", alt: "" })
  const other = button({ className: "desk-dialog__cancel", textContent: words.otherPicture })

  // What the library says shows through where this use has no words of its own.
  function showThrough(inputs) {
    for (const name of WORDS) {
      const text = picture?.[name]
      inputs[name].placeholder = text ? fill(words.asInLibrary, { text }) : words.noneInLibrary
    }
    preview.hidden = !picture
    if (picture) preview.src = picture.thumb
  }

  const values = await askWords({
    title: words.editPicture,
    words,
    top(inputs) {
      showThrough(inputs)
      other.addEventListener("click", async () => {
        const chosen = await choose(desk, picture?.id)
        if (!chosen) return
        // The words that stood here described the picture before.
        if (chosen.picture.id !== picture?.id) for (const name of WORDS) inputs[name].value = chosen.typed[name] ?? ""
        picture = chosen.picture
        showThrough(inputs)
      })
      return el("div", { className: "desk-dialog__chosen" }, preview, other)
    },
    fields: [
      { name: "alt", label: words.alt, help: words.altHelp, kind: "text", value: attrs.alt },
      { name: "caption", label: words.caption, help: words.captionHelp, kind: "text", value: attrs.caption },
      { name: "credit", label: words.credit, help: words.creditHelp, value: attrs.credit },
      {
        name: "size",
        label: words.size,
        kind: "choice",
        value: attrs.size || "column",
        choices: [
          ["column", words.column],
          ["wide", words.wide],
        ],
      },
    ],
  })
  if (!values) return null
  const size = values.size === "column" ? "" : values.size
  return { ...values, size, id: picture ? String(picture.id) : attrs.id }
}
