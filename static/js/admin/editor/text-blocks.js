// Text blocks: what a pull quote, a fact box, key points, questions, a timeline and a table have in common.
//
// Each is a <section> at the top of the text that holds ordinary words. A block's own lines, such as the source of a
// quote or a date, are nodes of their own, stored as <p data-part="…">; what they are for is written in them while
// they are empty.

import { Extension, Node, Plugin, pm } from "django-prose-editor/editor"
import { button, el, icon } from "newsroom/desk"
import { moveBlock } from "newsroom/editor/blocks"

const { NodeSelection, TextSelection } = pm.state
const { Decoration, DecorationSet } = pm.view

/** A block's own line. `word` names what is said in it while it is empty. */
const line = (name, part, word) =>
  Node.create({
    name,
    content: "inline*",
    defining: true,
    parseHTML: () => [{ tag: `p[data-part="${part}"]`, priority: 60 }],
    renderHTML: () => ["p", { "data-part": part }, 0],
    addStorage: () => ({ word }),
  })

const LINES = [
  line("TitleLine", "title", "titleLine"),
  line("SourceLine", "source", "sourceLine"),
  line("CaptionLine", "caption", "captionLine"),
  line("QuestionLine", "question", "questionLine"),
  line("DateLine", "date", "dateLine"),
]

/**
 * The editor's node for one kind of text block.
 *
 * `content` is its schema; `each` the name of the line that begins an entry, if it has entries; `label` the word for its
 * name. `tools` are [{action, symbol, label, run(editor), can(editor), pressed(editor)}].
 */
function textBlock({ name, kind, label, content, each = null, tools = [] }) {
  return Node.create({
    name,
    group: "textBlock",
    content,
    isolating: true,
    defining: true,
    addStorage: () => ({ each }),
    parseHTML: () => [{ tag: `section[data-block="${kind}"]` }],
    renderHTML: () => ["section", { "data-block": kind }, 0],
    addNodeView: () => (context) => textBlockView({ ...context, kind, label, each, tools }),
  })
}

const FLOWING = "(paragraph | bulletList | orderedList)"
const entry = (label) => [{ action: "add", symbol: "add", label, run: addEntry }]

export const PullQuoteBlock = textBlock({
  name: "PullQuoteBlock",
  kind: "pull-quote",
  label: "pullQuote",
  content: "paragraph+ SourceLine",
})

export const FactBoxBlock = textBlock({
  name: "FactBoxBlock",
  kind: "fact-box",
  label: "factBox",
  content: `TitleLine ${FLOWING}+`,
})

export const TakeawaysBlock = textBlock({
  name: "TakeawaysBlock",
  kind: "takeaways",
  label: "takeaways",
  content: "paragraph+",
})

export const QuestionsBlock = textBlock({
  name: "QuestionsBlock",
  kind: "questions",
  label: "questions",
  content: `(paragraph | QuestionLine | bulletList | orderedList)+`,
  each: "QuestionLine",
  tools: entry("addQuestion"),
})

export const TimelineBlock = textBlock({
  name: "TimelineBlock",
  kind: "timeline",
  label: "timeline",
  content: `(paragraph | DateLine | bulletList | orderedList)+`,
  each: "DateLine",
  tools: entry("addDate"),
})

const inTable = (command) => (editor) => editor.chain().focus().command(intoTable)[command]().run()
const tableTool = (action, label, command) => ({ action, label, run: inTable(command) })

export const TableBlock = textBlock({
  name: "TableBlock",
  kind: "table",
  label: "table",
  content: "CaptionLine table SourceLine",
  tools: [
    tableTool("add-row", "addRow", "addRowAfter"),
    tableTool("add-column", "addColumn", "addColumnAfter"),
    tableTool("delete-row", "deleteRow", "deleteRow"),
    tableTool("delete-column", "deleteColumn", "deleteColumn"),
    tableTool("head-row", "headRow", "toggleHeaderRow"),
    tableTool("head-column", "headColumn", "toggleHeaderColumn"),
  ],
})

/** A row or column is added to the table of this block even while its caption has the cursor. */
function intoTable({ tr, state, dispatch }) {
  const { $from } = tr.selection
  const block = $from.node(1)
  if (block?.type.name !== "TableBlock" || $from.node(2)?.type.name === "table") return true
  const table = $from.before(1) + 1 + block.firstChild.nodeSize
  const last = table + block.child(1).nodeSize - 1
  if (dispatch) tr.setSelection(TextSelection.near(tr.doc.resolve(last), -1))
  return Boolean(state)
}

// --- The block on the screen -----------------------------------------------------------------------------

function textBlockView({ editor, node, getPos, kind, label, each, tools }) {
  const { words } = editor.storage.desk
  const contentDOM = el("div", { className: "text-block__words" })
  const name = el("span", { className: "text-block__name", textContent: words[label] })
  const bar = el("div", { className: "text-block__bar block__tools", contentEditable: "false" }, name)
  const dom = el("div", { className: `text-block text-block--${kind}`, role: "group", "aria-label": words[label] }, bar, contentDOM)

  const tool = (action, symbol, word, run, named = false) => {
    const made = button(
      { className: "block__tool", "data-action": action, title: words[word], ...(named ? {} : { "aria-label": words[word] }) },
      symbol ? icon(symbol) : "",
      named ? words[word] : "",
    )
    made.addEventListener("mousedown", (event) => event.preventDefault()) // the cursor stays where it is
    made.addEventListener("click", run)
    bar.append(made)
  }
  /** Put the cursor into this block, unless it is there. */
  const enter = () => {
    const from = getPos()
    const { selection } = editor.state
    if (selection.from <= from || selection.to >= from + node.nodeSize) editor.commands.setTextSelection(from + node.nodeSize - 2)
  }
  if (editor.isEditable) {
    for (const { action, symbol, label: word, run } of tools) {
      tool(action, symbol, word, () => (enter(), run(editor, each)), true)
    }
    tool("up", "arrow_upward", "moveUp", () => moveBlock(editor, getPos(), -1, "up"))
    tool("down", "arrow_downward", "moveDown", () => moveBlock(editor, getPos(), 1, "down"))
    tool("delete", "delete", "delete", () => {
      const from = getPos()
      editor.chain().deleteRange({ from, to: from + node.nodeSize }).focus().run()
    })
    bar.addEventListener("keydown", (event) => {
      const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (!step) return
      event.preventDefault()
      moveBlock(editor, getPos(), step, step < 0 ? "up" : "down")
    })
    name.addEventListener("mousedown", (event) => {
      event.preventDefault()
      editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, getPos())))
      editor.view.focus()
    })
  }
  return {
    dom,
    contentDOM,
    selectNode: () => dom.classList.add("is-selected"),
    deselectNode: () => dom.classList.remove("is-selected"),
    update: (changed) => changed.type === node.type && Boolean((node = changed)),
    stopEvent: ({ target }) => bar.contains(target),
    ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
  }
}

// --- The keys --------------------------------------------------------------------------------------------

/** The text block around the cursor, {node, from, to, index of its child at the cursor}, or null. */
function here({ selection: { $from, node } }) {
  const block = $from.depth ? $from.node(1) : null
  if (block?.type.spec.group !== "textBlock" || (node && node === block)) return null
  return { block, from: $from.before(1), to: $from.after(1), index: $from.index(1), line: $from.parent, depth: $from.depth }
}

/** Begin another question or date at the end of the block. */
function addEntry(editor, each) {
  const { to } = here(editor.state)
  editor.chain().insertContentAt(to - 1, { type: each }).setTextSelection(to).focus().run()
}

/** Go on writing below the block. */
function leave(editor) {
  const found = here(editor.state)
  if (!found) return false
  const below = editor.state.doc.nodeAt(found.to)
  const chain = editor.chain()
  if (below?.type.name !== "paragraph") chain.insertContentAt(found.to, { type: "paragraph" })
  return chain.setTextSelection(found.to + 1).scrollIntoView().run()
}

/** Enter: from a line of the block to its words; from an empty line to the next entry, or out of the block. */
function enter(editor) {
  const found = here(editor.state)
  const { empty, $from } = editor.state.selection
  if (!found || !empty || found.depth !== 2) return false // a list or a cell has its own Enter
  const { block, index, line: at } = found
  const { each } = editor.storage[block.type.name]
  const isEmpty = !at.content.size
  const isLast = index === block.childCount - 1
  const goTo = (place) => editor.chain().setTextSelection(place).scrollIntoView().run()
  if (at.type.name === "SourceLine") return leave(editor)
  if (at.type.name === "TitleLine") return goTo($from.after() + 1)
  if (at.type.name === "CaptionLine") return goTo($from.after() + 4) // into the first cell
  if ($from.parentOffset < at.content.size) return false
  const next = block.maybeChild(index + 1)
  if (next?.type.name === "SourceLine") return goTo($from.after() + 1)
  if (isEmpty && isLast && index) {
    return each && at.type.name !== each ? editor.commands.setNode(each) : dropAndLeave(editor, $from)
  }
  if (at.type.name !== each) return false
  if (next?.type.name === "paragraph" && !next.content.size) return goTo($from.after() + 1)
  return editor.chain().insertContentAt($from.after(), { type: "paragraph" }).setTextSelection($from.after() + 1).run()
}

/** Take the empty line at the cursor away and go on below the block. */
function dropAndLeave(editor, $from) {
  const line = { from: $from.before(), to: $from.after() }
  return editor.chain().deleteRange(line).setTextSelection(line.from - 1).run() && leave(editor)
}

/** Backspace in a block without a word takes it away; at the beginning of an own line it stays in the line. */
function backspace(editor) {
  const found = here(editor.state)
  const { empty, $from } = editor.state.selection
  if (!found || !empty || $from.parentOffset) return false
  if (!found.block.textContent.trim()) {
    return editor.chain().deleteRange({ from: found.from, to: found.to }).focus().run()
  }
  const { each } = editor.storage[found.block.type.name]
  if (found.line.type.name === each) return editor.commands.setNode("paragraph")
  return found.depth === 2 && /Line$/.test(found.line.type.name) && !found.index
}

/** Move the block at the cursor, for Alt+ArrowUp and Alt+ArrowDown. */
function move(editor, step) {
  const found = here(editor.state)
  if (!found) return false
  const inside = editor.state.selection.from - found.from
  if (moveBlock(editor, found.from, step)) editor.commands.setTextSelection(editor.state.selection.from + inside)
  return true
}

const TextBlockKeys = Extension.create({
  name: "textBlockKeys",
  priority: 200, // before the keys of paragraphs and lists
  addKeyboardShortcuts: () => ({
    Enter: ({ editor }) => enter(editor),
    "Mod-Enter": ({ editor }) => leave(editor),
    Backspace: ({ editor }) => backspace(editor),
    "Alt-ArrowUp": ({ editor }) => move(editor, -1),
    "Alt-ArrowDown": ({ editor }) => move(editor, 1),
  }),
})

/** What stands in an empty line of a block, until somebody writes there: what the line is for. */
const hints = (words) => {
  const hint = (block, child, storage) => words[storage[child.type.name]?.word ?? `${block.type.name}Hint`]
  const drawn = ({ doc }, storage) => {
    const found = []
    doc.forEach((block, from) => {
      if (block.type.spec.group !== "textBlock") return
      block.forEach((child, offset) => {
        if (!child.isTextblock || child.content.size) return
        const at = from + 1 + offset
        const attrs = { class: "is-empty", "data-hint": hint(block, child, storage) ?? "" }
        found.push(Decoration.node(at, at + child.nodeSize, attrs))
      })
    })
    return DecorationSet.create(doc, found)
  }
  return Extension.create({
    name: "textBlockHints",
    addProseMirrorPlugins() {
      const { storage } = this.editor
      return [new Plugin({ props: { decorations: (state) => drawn(state, storage) } })]
    },
  })
}

/** What every text block needs of the editor, however many kinds there are. */
export const textBlockExtensions = (words) => [...LINES, TextBlockKeys, hints(words)]

// --- Putting one into the text ---------------------------------------------------------------------------

const paragraph = (text = "") => ({ type: "paragraph", ...(text ? { content: [{ type: "text", text }] } : {}) })
const cell = (type) => ({ type, content: [paragraph()] })
const row = (type) => ({ type: "tableRow", content: [cell(type), cell(type), cell(type)] })

/** The new block's content. A pull quote says what is selected; the words stay in the text as well. */
const STARTS = {
  PullQuoteBlock: (selected) => [paragraph(selected), { type: "SourceLine" }],
  FactBoxBlock: () => [{ type: "TitleLine" }, paragraph()],
  TakeawaysBlock: () => [paragraph()],
  QuestionsBlock: () => [{ type: "QuestionLine" }, paragraph()],
  TimelineBlock: () => [{ type: "DateLine" }, paragraph()],
  TableBlock: () => [
    { type: "CaptionLine" },
    { type: "table", content: [row("tableHeader"), row("tableCell"), row("tableCell")] },
    { type: "SourceLine" },
  ],
}

/** Put a new text block below the paragraph of the cursor, or in its place when it is empty, and write in it. */
export const insertTextBlock = (name) => (editor) => {
  const { state } = editor
  const { $to, from, to, node } = state.selection
  const selected = node ? "" : state.doc.textBetween(from, to, " ", " ").trim()
  const top = $to.depth ? $to.node(1) : null
  const isEmpty = top?.type.name === "paragraph" && !top.content.size
  const place = top ? (isEmpty ? $to.before(1) : $to.after(1)) : to
  const block = { type: name, content: STARTS[name](selected) }
  const chain = editor.chain()
  chain.insertContentAt(isEmpty ? { from: place, to: $to.after(1) } : place, block)
  const saysIt = selected && name === "PullQuoteBlock" // what is missing then is its source
  chain.setTextSelection(place + (saysIt ? selected.length + 4 : 2)).scrollIntoView().run()
  editor.view.focus() // at once: whoever types on loses no letter
}
