// The body editor: turns each textarea[data-body-editor] into a prose editor with the desk's blocks.

import * as prose from "django-prose-editor/editor"
import { el, fill } from "newsroom/desk"
import { KeepBlocks, moveSelected } from "newsroom/editor/blocks"
import { EmbedBlock } from "newsroom/editor/embed"
import { FigureBlock } from "newsroom/editor/figure"
import { GalleryBlock, SideBySideBlock } from "newsroom/editor/gallery"
import { Library } from "newsroom/editor/library"
import { Link } from "newsroom/editor/link"
import { PlainPaste } from "newsroom/editor/paste"
import { measure } from "newsroom/editor/reading"
import { RecordingBlock } from "newsroom/editor/recording"
import { RelatedCardBlock } from "newsroom/editor/related-card"
import { tableExtensions } from "newsroom/editor/table"
import * as textBlocks from "newsroom/editor/text-blocks"
import { createToolbar } from "newsroom/editor/toolbar"

const KNOWN = { ...prose, ...textBlocks, EmbedBlock, FigureBlock, GalleryBlock, Link, RecordingBlock, RelatedCardBlock, SideBySideBlock }
const ALWAYS = ["Text", "History", "Dropcursor", "Gapcursor", "TrailingNode"]
/** A text block stands between paragraphs, never in a list or a quotation. */
const Document = prose.Document.extend({ content: "(block | textBlock)+" })

/** What blocks, dialogs and toolbar share; every part finds it as editor.storage.desk. */
const deskExtension = (desk, toolbar) =>
  prose.Extension.create({
    name: "desk",
    addStorage: () => desk,
    addKeyboardShortcuts: () => ({
      "Alt-ArrowUp": ({ editor }) => moveSelected(editor, -1),
      "Alt-ArrowDown": ({ editor }) => moveSelected(editor, 1),
      "Alt-F10": () => {
        toolbar().querySelector("[tabindex='0']").focus()
        return true
      },
      "Mod-/": ({ editor }) => {
        editor.view.domObserver.flush() // what was marked a moment ago, before the focus leaves the text
        toolbar().openInsertMenu()
        return true
      },
    }),
  })

/** Milliseconds between two counts of the words: nobody reads the counter at every key. */
const COUNT = 300

/** The body as it is sent: an empty paragraph at the end is the editor's, not the writer's. */
const written = (editor) => editor.getHTML().replace(/(?:<p><\/p>)+$/, "")

export function startEditor(textarea) {
  const config = JSON.parse(textarea.dataset.bodyEditor)
  const { words } = config
  const surface = el("div", { className: "body-editor__surface" })
  const notice = el("p", { className: "body-editor__notice", role: "status" })
  const counter = el("p", { className: "body-editor__counter" })
  const box = el("div", { className: "body-editor" }, surface, notice, counter)
  const desk = {
    ...config,
    library: new Library(config.addresses),
    csrfToken: textarea.form?.elements.csrfmiddlewaretoken?.value ?? "",
    notice: (word, values = {}) => {
      notice.textContent = word ? fill(words[word], values) : ""
    },
  }
  let toolbar = null
  let counting = null
  textarea.after(box)
  textarea.hidden = true

  const editor = new prose.Editor({
    element: surface,
    content: textarea.value,
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false, // the policy refuses a <style>; the rules are in css/admin/editor.css
    editorProps: { attributes: accessibleName(textarea, words.body) },
    extensions: [
      Document,
      ...ALWAYS.map((name) => prose[name]),
      ...textBlocks.textBlockExtensions(words),
      ...tableExtensions,
      ...Object.entries(config.extensions).map(([name, options]) =>
        typeof options === "object" ? KNOWN[name].configure(options) : KNOWN[name],
      ),
      KeepBlocks,
      PlainPaste,
      deskExtension(desk, () => toolbar),
    ],
    onUpdate({ editor }) {
      const body = written(editor)
      if (body === textarea.value) return
      textarea.value = body
      textarea.dispatchEvent(new Event("input", { bubbles: true }))
      counting ??= setTimeout(() => count(editor), COUNT)
    },
  })

  function count({ state: { doc } }) {
    counting = null
    let text = ""
    doc.forEach((block, at) => {
      const isRepeated = config.repeated.includes(block.type.name) // it says what the text says
      if (!isRepeated) text += ` ${doc.textBetween(at, at + block.nodeSize, " ", " ")}`
    })
    counter.textContent = fill(words.counter, measure(text, config))
  }

  if (editor.isEditable) {
    toolbar = createToolbar(editor, words)
    box.prepend(toolbar)
  }
  count(editor)
  labelOf(textarea)?.addEventListener("click", () => editor.commands.focus())
  textarea.editor = editor // for those who come later than the event
  textarea.dispatchEvent(new CustomEvent("prose-editor:ready", { detail: { editor, textarea }, bubbles: true }))
  return editor
}

const labelOf = (textarea) => document.querySelector(`label[for="${textarea.id}"]`)

function accessibleName(textarea, otherwise) {
  const label = labelOf(textarea)
  const described = textarea.getAttribute("aria-describedby")
  const names = { "aria-multiline": "true", spellcheck: "true", lang: document.documentElement.lang }
  if (described) names["aria-describedby"] = described
  if (textarea.getAttribute("aria-invalid")) names["aria-invalid"] = "true"
  return { ...names, "aria-label": label?.textContent.replace(/[:*\s]+$/, "").trim() || otherwise }
}

for (const textarea of document.querySelectorAll("textarea[data-body-editor]")) startEditor(textarea)
