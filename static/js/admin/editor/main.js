// The body editor: turns each textarea[data-body-editor] into a prose editor with the desk's blocks.

import * as prose from "django-prose-editor/editor"
import { el, fill } from "newsroom/desk"
import { KeepBlocks, moveSelected } from "newsroom/editor/blocks"
import { EmbedBlock } from "newsroom/editor/embed"
import { FigureBlock } from "newsroom/editor/figure"
import { Library } from "newsroom/editor/library"
import { Link } from "newsroom/editor/link"
import { PlainPaste } from "newsroom/editor/paste"
import { measure } from "newsroom/editor/reading"
import { RelatedCardBlock } from "newsroom/editor/related-card"
import { createToolbar } from "newsroom/editor/toolbar"

const KNOWN = { ...prose, EmbedBlock, FigureBlock, Link, RelatedCardBlock }
const ALWAYS = ["Document", "Text", "History", "Dropcursor", "Gapcursor", "TrailingNode"]

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
    }),
  })

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
    notice: (word) => {
      notice.textContent = words[word]
    },
  }
  let toolbar = null
  textarea.after(box)
  textarea.hidden = true

  const editor = new prose.Editor({
    element: surface,
    content: textarea.value,
    editable: !textarea.disabled && !textarea.readOnly,
    injectCSS: false, // the policy refuses a <style>; the rules are in css/admin/editor.css
    editorProps: { attributes: accessibleName(textarea, words.body) },
    extensions: [
      ...ALWAYS.map((name) => prose[name]),
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
      count(editor)
    },
  })

  function count({ state: { doc } }) {
    const text = doc.textBetween(0, doc.content.size, " ", " ")
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
