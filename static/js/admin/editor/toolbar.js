// The toolbar: one row of buttons that the arrow keys walk, with names in the desk's language.

import { button, el, icon } from "newsroom/desk"
import { insertEmbed } from "newsroom/editor/embed"
import { insertFigure } from "newsroom/editor/figure"
import { insertGallery, insertSideBySide } from "newsroom/editor/gallery"
import { insertMenu } from "newsroom/editor/insert-menu"
import { editLink, removeLink } from "newsroom/editor/link"
import { insertRecording } from "newsroom/editor/recording"
import { insertRelatedCard } from "newsroom/editor/related-card"
import { insertTextBlock } from "newsroom/editor/text-blocks"

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl+"

const mark = (name, symbol, keys) => ({
  word: name,
  needs: name,
  symbol,
  keys,
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
  can: (editor) => editor.can().toggleMark(name),
  pressed: (editor) => editor.isActive(name),
})

const heading = (word, level, text) => ({
  word,
  needs: "heading",
  text,
  keys: `${MOD}Alt+${level}`,
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  can: (editor) => editor.can().toggleHeading({ level }),
  pressed: (editor) => editor.isActive("heading", { level }),
})

const wrapper = (name, symbol, command, keys) => ({
  word: name,
  needs: name,
  symbol,
  keys,
  run: (editor) => editor.chain().focus()[command]().run(),
  can: (editor) => editor.can()[command](),
  pressed: (editor) => editor.isActive(name),
})

const action = (word, symbol, command, keys, needs) => ({
  word,
  needs,
  symbol,
  keys,
  run: (editor) => editor.chain().focus()[command]().run(),
  can: (editor) => editor.can()[command](),
})

const block = (word, needs, symbol, run) => ({ word, needs, symbol, run, shown: true })
const textBlock = (word, needs, symbol) => block(word, needs, symbol, insertTextBlock(needs))

/** What the Insert menu offers. The picture, which nearly every story has, is a button beside it. */
const INSERTED = [
  block("gallery", "GalleryBlock", "photo_library", insertGallery),
  block("sideBySide", "SideBySideBlock", "compare", insertSideBySide),
  block("recording", "RecordingBlock", "mic", insertRecording),
  textBlock("takeaways", "TakeawaysBlock", "fact_check"),
  textBlock("pullQuote", "PullQuoteBlock", "format_quote"),
  textBlock("factBox", "FactBoxBlock", "info"),
  textBlock("questions", "QuestionsBlock", "question_answer"),
  textBlock("timeline", "TimelineBlock", "timeline"),
  textBlock("table", "TableBlock", "table_chart"),
  block("storyCard", "RelatedCardBlock", "article", insertRelatedCard),
  block("embed", "EmbedBlock", "smart_display", insertEmbed),
]

const GROUPS = [
  [block("picture", "FigureBlock", "image", insertFigure)],
  [heading("heading", 2, "H2"), heading("subheading", 3, "H3")],
  [
    mark("bold", "format_bold", `${MOD}B`),
    mark("italic", "format_italic", `${MOD}I`),
    {
      word: "link",
      needs: "link",
      symbol: "link",
      keys: `${MOD}K`,
      run: editLink,
      pressed: (editor) => editor.isActive("link"),
    },
    {
      word: "unlink",
      needs: "link",
      symbol: "link_off",
      run: removeLink,
      can: (editor) => editor.isActive("link"),
    },
  ],
  [
    wrapper("bulletList", "format_list_bulleted", "toggleBulletList", `${MOD}Shift+8`),
    wrapper("orderedList", "format_list_numbered", "toggleOrderedList", `${MOD}Shift+7`),
    wrapper("blockquote", "format_quote", "toggleBlockquote", `${MOD}Shift+B`),
    action("horizontalRule", "horizontal_rule", "setHorizontalRule", "", "horizontalRule"),
  ],
  [mark("subscript", "subscript", ""), mark("superscript", "superscript", "")],
  [action("undo", "undo", "undo", `${MOD}Z`), action("redo", "redo", "redo", `${MOD}Shift+Z`)],
]

/** The toolbar of `editor`: only what its schema has. */
export function createToolbar(editor, words) {
  const has = ({ needs }) => !needs || needs in editor.schema.nodes || needs in editor.schema.marks
  const items = []
  const groups = GROUPS.map((group) => group.filter(has)).filter((group) => group.length)
  const bar = el(
    "div",
    { className: "body-editor__toolbar", role: "toolbar", "aria-label": words.toolbar },
    ...groups.map((group) => el("div", { className: "body-editor__group" }, ...group.map(place))),
  )
  const inserted = insertMenu(editor, INSERTED.filter(has), words)
  bar.firstChild.append(inserted.opener, inserted.menu)
  items.splice(1, 0, { made: inserted.opener })
  inserted.opener.tabIndex = -1
  bar.openInsertMenu = inserted.open

  function place(item) {
    const name = words[item.word]
    const made = button(
      {
        className: `body-editor__button${item.shown ? " is-named" : ""}`,
        title: item.keys ? `${name} (${item.keys})` : name,
        "aria-label": name,
        tabIndex: items.length ? -1 : 0,
      },
      item.symbol ? icon(item.symbol) : el("span", { textContent: item.text }),
      item.shown ? el("span", { className: "body-editor__name", textContent: name }) : "",
    )
    made.addEventListener("mousedown", (event) => event.preventDefault()) // the text keeps its selection
    made.addEventListener("click", () => {
      if (made.getAttribute("aria-disabled") !== "true") item.run(editor)
    })
    items.push({ made, ...item })
    return made
  }

  function update() {
    for (const { made, can, pressed } of items) {
      if (can) made.setAttribute("aria-disabled", String(!can(editor)))
      if (pressed) made.setAttribute("aria-pressed", String(pressed(editor)))
    }
  }

  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return editor.commands.focus()
    const buttons = items.map(({ made }) => made)
    const at = buttons.indexOf(document.activeElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    focusOn(buttons.at(to % buttons.length))
  })
  bar.addEventListener("focusin", (event) => focusOn(event.target, { move: false }))

  function focusOn(target, { move = true } = {}) {
    for (const { made } of items) made.tabIndex = made === target ? 0 : -1
    if (move) target.focus()
  }

  let waiting = false
  editor.on("transaction", () => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      if (!editor.isDestroyed) update()
    })
  })
  update()
  return bar
}
