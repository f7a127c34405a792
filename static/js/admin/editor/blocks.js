// Reference blocks: what a picture, a story card and an embed have in common inside the editor.
//
// A block is an empty element with data- attributes. What stands in the editor is drawn from the library by id and
// is never part of the body.

import { Extension, Node, Plugin, pm } from "django-prose-editor/editor"
import { button, el, icon } from "newsroom/desk"
import { LOADING, UNREACHABLE } from "newsroom/editor/library"

const { NodeSelection } = pm.state

/**
 * The editor's node for one kind of block.
 *
 * `attributes` are its data- attributes without the prefix; a block that `holds` pictures has the attribute `figures`
 * as well, a list of {id, alt, ...}. `find(library, attrs)` is what it refers to; `draw(attrs, thing, words, view)`
 * gives the elements that show it; `gone` names the words for a thing that is no longer there. `edits` are its tools
 * [{action, symbol, label, run, here}]: `run(desk, attrs)` resolves to new attributes or null (`attrs()` is
 * what the block says now, which a second press may have changed meanwhile), `here(attrs)` says whether the
 * tool is of use.
 */
export function referenceBlock({ name, kind, tag, attributes, holds = false, ...face }) {
  return Node.create({
    name,
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({
      ...Object.fromEntries(attributes.map((attribute) => [attribute, asData(attribute)])),
      ...(holds ? { figures: FIGURES } : {}),
    }),
    parseHTML: () => [{ tag: `${tag}[data-block="${kind}"]` }],
    renderHTML: ({ node, HTMLAttributes }) => [
      tag,
      { "data-block": kind, ...HTMLAttributes },
      ...(node.attrs.figures ?? []).map((figure) => ["figure", { "data-block": "figure", ...figureData(figure) }]),
    ],
    addNodeView: () => (context) => blockView({ ...context, kind, ...face }),
  })
}

/** The words of one picture among several. */
const FIGURE_WORDS = ["id", "alt", "decorative", "caption", "credit"]
const FIGURES = {
  default: [],
  parseHTML: (element) =>
    [...element.querySelectorAll("figure[data-block=figure]")].map((figure) =>
      Object.fromEntries(FIGURE_WORDS.map((word) => [word, figure.getAttribute(`data-${word}`) ?? ""])),
    ),
  renderHTML: () => ({}),
}
const figureData = (figure) =>
  Object.fromEntries(FIGURE_WORDS.filter((word) => figure[word]).map((word) => [`data-${word}`, figure[word]]))

function asData(attribute) {
  const name = `data-${attribute}`
  return {
    default: "",
    parseHTML: (element) => element.getAttribute(name) ?? "",
    renderHTML: (attrs) => (attrs[attribute] ? { [name]: attrs[attribute] } : {}),
  }
}

function blockView({ editor, node, getPos, kind, label, find, draw, gone, edits }) {
  const { desk } = editor.storage
  const { library, words } = desk
  const face = el("div", { className: "block__face" })
  const tools = el("div", { className: "block__tools", role: "group", "aria-label": words[label] })
  const dom = el("div", { className: `block block--${kind}` }, face, tools)

  /** Give the block other attributes; the focus then goes to what `focus` selects in it. */
  function change(attrs, focus) {
    const pos = getPos()
    if (attrs && pos !== undefined) {
      editor.view.dispatch(editor.state.tr.setNodeMarkup(pos, null, { ...node.attrs, ...attrs }))
    }
    dom.querySelector(focus)?.focus()
  }
  const drawn = { desk, change, editable: editor.isEditable, attrs: () => node.attrs }
  const edit = async ({ action, run }) => change(await run(desk, () => node.attrs), `[data-action=${action}]:not([hidden])`)

  const actions = {
    ...Object.fromEntries(edits.map((one) => [one.action, () => edit(one)])),
    up: () => moveBlock(editor, getPos(), -1, "up"),
    down: () => moveBlock(editor, getPos(), 1, "down"),
    delete: () => {
      const pos = getPos()
      editor.chain().deleteRange({ from: pos, to: pos + node.nodeSize }).focus().run()
    },
  }

  const tool = (action, symbol, text, visible) => {
    const made = button(
      { className: "block__tool", "data-action": action, title: text, ...(visible ? {} : { "aria-label": text }) },
      icon(symbol),
      visible ? text : "",
    )
    made.addEventListener("click", actions[action])
    return made
  }
  if (editor.isEditable) {
    tools.append(
      ...edits.map(({ action, symbol, label: name }) => tool(action, symbol, words[name], true)),
      tool("up", "arrow_upward", words.moveUp),
      tool("down", "arrow_downward", words.moveDown),
      tool("delete", "delete", words.delete),
    )
  }

  function show() {
    const thing = find(library, node.attrs)
    if (thing === LOADING) face.replaceChildren(el("p", { className: "block__note", textContent: words.loading }))
    else if (thing === UNREACHABLE) face.replaceChildren(unreachable())
    else if (thing === null) face.replaceChildren(el("p", { className: "block__gone", textContent: words[gone] }))
    else face.replaceChildren(...draw(node.attrs, thing, words, drawn))
    for (const { action, here } of edits) {
      const made = tools.querySelector(`[data-action=${action}]`)
      if (made) made.hidden = here ? !here(node.attrs) : false
    }
    dom.classList.toggle("block--wide", node.attrs.size === "wide")
  }

  function unreachable() {
    const again = button({ className: "block__tool", textContent: words.retry })
    again.addEventListener("click", () => library.retry())
    return el("p", { className: "block__note", textContent: `${words.unreachable} ` }, again)
  }

  dom.addEventListener("dblclick", (event) => {
    if (editor.isEditable && !event.target.closest("button, .block__item")) edit(edits[0])
  })
  tools.addEventListener("keydown", (event) => {
    const action = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key]
    if (!action) return
    event.preventDefault()
    actions[action]()
  })
  library.addEventListener("change", show)
  show()

  return {
    dom,
    selectNode: () => dom.classList.add("is-selected"),
    deselectNode: () => dom.classList.remove("is-selected"),
    update(changed) {
      if (changed.type !== node.type) return false
      const same = JSON.stringify(changed.attrs) === JSON.stringify(node.attrs)
      node = changed
      if (!same) show()
      return true
    },
    // The buttons are the browser's, a picture among several is dragged by its own list, all else the editor's.
    stopEvent: ({ type, target }) => Boolean(target.closest?.(/^drag|^drop/.test(type) ? ".block__item" : "button")),
    ignoreMutation: () => true,
    destroy: () => library.removeEventListener("change", show),
  }
}

/**
 * Change places with the neighbour before (`step` -1) or after (1) the block at `pos`; false where there is none.
 * `action` names the button that keeps the focus, when one was pressed.
 */
export function moveBlock(editor, pos, step, action = null) {
  const { doc, tr } = editor.state
  const node = doc.nodeAt(pos)
  const place = doc.resolve(pos)
  const index = place.index() + step
  if (index < 0 || index >= place.parent.childCount) return false
  const neighbour = place.parent.child(index)
  const isTrailing = index === place.parent.childCount - 1 && !neighbour.isAtom && !neighbour.content.size
  if (step > 0 && isTrailing) return false
  const target = step < 0 ? pos - neighbour.nodeSize : pos + neighbour.nodeSize
  tr.delete(pos, pos + node.nodeSize).insert(target, node)
  editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, target)).scrollIntoView())
  const moved = editor.view.nodeDOM(target)
  if (action) moved?.querySelector(`[data-action=${action}]`)?.focus()
  return true
}

/** Move the selected block, for Alt+ArrowUp and Alt+ArrowDown. */
export function moveSelected(editor, step) {
  const { selection } = editor.state
  if (!(selection instanceof NodeSelection) || !selection.node.isBlock) return false
  moveBlock(editor, selection.from, step)
  return true // at the end of the text the key does nothing, rather than something else
}

/** Put a new block where the cursor is, or after the selected block, and go on writing below it. Gives its element. */
export function insertBlock(editor, name, attrs) {
  const { selection } = editor.state
  const block = { type: name, attrs }
  if (selection instanceof NodeSelection) editor.commands.insertContentAt(selection.to, block)
  else editor.commands.insertContent(block)
  writeBelow(editor)
  editor.commands.focus()
  return editor.view.nodeDOM(editor.state.selection.$from.before(1) - 1)
}

/** Move the cursor from a selected block into the paragraph below it, which is made where there is none. */
function writeBelow(editor) {
  const { doc, selection } = editor.state
  if (!(selection instanceof NodeSelection) || !selection.node.isAtom) return
  const below = selection.to
  if (!doc.resolve(below).nodeAfter?.isTextblock) editor.commands.insertContentAt(below, { type: "paragraph" })
  editor.commands.setTextSelection(below + 1)
}

/** Typing while a block is selected begins a paragraph below it. It would replace the block otherwise. */
export const KeepBlocks = Extension.create({
  name: "keepBlocks",
  addProseMirrorPlugins() {
    const { editor } = this
    const handleTextInput = (view, _from, _to, text) => {
      const { selection } = view.state
      if (!(selection instanceof NodeSelection) || !selection.node.isBlock) return false
      const paragraph = { type: "paragraph", content: [{ type: "text", text }] }
      return editor.commands.insertContentAt(selection.to, paragraph)
    }
    return [new Plugin({ props: { handleTextInput } })]
  },
})
