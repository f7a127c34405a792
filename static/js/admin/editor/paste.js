// What comes from other programs: their markup made plain before the editor reads it.
//
// Under the strict policy the browser applies no style="" while the clipboard is read, so that Google's <b
// style="font-weight:normal"> around everything would be bold. Here style is renamed before anything parses it,
// read as text, and removed.

import { Extension, Plugin } from "django-prose-editor/editor"

const STYLE = "data-pasted-style"
const BOLD = /(^|;)font-weight:(bold|[6-9]00)/
const NOT_BOLD = /(^|;)font-weight:(normal|[1-4]00)/
const ITALIC = /(^|;)font-style:italic/
const HEADINGS = { h1: "h2", h4: "h3", h5: "h3", h6: "h3" }
const NUMBERED = /^\s*\(?(\d+|[a-z]|[ivx]+)[.)]/i

const style = (element) => (element.getAttribute(STYLE) ?? "").toLowerCase().replace(/\s/g, "")
const unwrap = (element) => element.replaceWith(...element.childNodes)

/**
 * `html` of a clipboard, plain. Calls `dropped()` when pictures had to be left out. Cells of a spreadsheet become a table
 * block, or, when they come `intoTable`, cells of that table.
 */
export function plainHTML(html, dropped = () => {}, intoTable = false) {
  const page = new DOMParser().parseFromString(withoutStyle(html), "text/html")
  const all = (selector) => [...page.body.querySelectorAll(selector)]

  dropPictures(all, dropped)
  all("b[id^=docs-internal-guid]").forEach(unwrap)
  all("b, strong").filter((element) => NOT_BOLD.test(style(element))).forEach(unwrap)
  all("i, em").filter((element) => /font-style:normal/.test(style(element))).forEach(unwrap)
  all("span").forEach((span) => markSpan(page, span))
  listsOfWord(page, all)
  all("table").forEach((table) => keepTable(page, table, { bare: intoTable }))
  for (const [from, to] of Object.entries(HEADINGS)) all(from).forEach((element) => rename(page, element, to))
  // Google Docs parts its paragraphs with empty lines as well.
  all("br.Apple-interchange-newline, body > br").forEach((element) => element.remove())
  all(`[${STYLE}]`).forEach((element) => element.removeAttribute(STYLE))
  return page.body.innerHTML
}

/** `html` in which no parser finds a style: the policy would report each one. */
function withoutStyle(html) {
  return html
    .replace(/<style[\s\S]*?(<\/style>|$)/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(["'\s])style(?=\s*=)/gi, `$1 ${STYLE}`))
}

function dropPictures(all, dropped) {
  all("style, script, meta, link, title").forEach((element) => element.remove())
  for (const element of all("img, picture, svg, video, audio, iframe, object, embed")) {
    const paragraph = element.closest("p")
    // A space saver of one pixel is nothing anybody would miss.
    const isSeen = ["width", "height"].every((side) => Number(element.getAttribute(side)) !== 1)
    if (isSeen) dropped()
    element.remove()
    if (paragraph && !paragraph.textContent.trim()) paragraph.remove()
  }
}

function markSpan(page, span) {
  const said = style(span)
  if (said.includes("mso-list:ignore")) return // a bullet that Word typed; its list reads it
  const names = [
    BOLD.test(said) && !span.closest("h1, h2, h3, h4, h5, h6") && "strong",
    ITALIC.test(said) && "em",
    /vertical-align:super/.test(said) && "sup",
    /vertical-align:sub(?!\w)/.test(said) && "sub",
  ].filter(Boolean)
  for (const name of names) {
    const wrapper = page.createElement(name)
    wrapper.append(...span.childNodes)
    span.append(wrapper)
  }
}

function rename(page, element, name) {
  const renamed = page.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
}

/** Word writes list items as paragraphs with a typed bullet; make them lists again, nested by their level. */
function listsOfWord(page, all) {
  let open = [] // lists of the run, outermost first
  let last = null
  for (const paragraph of all(`p[class^=MsoListParagraph], p[${STYLE}*=mso-list]`)) {
    const ignored = [...paragraph.querySelectorAll("span")].filter((span) => style(span).includes("mso-list:ignore"))
    const tag = NUMBERED.test(ignored[0]?.textContent ?? "") ? "ol" : "ul"
    const level = Number(/level(\d)/.exec(style(paragraph))?.[1] ?? 1)
    ignored.forEach((span) => span.remove())
    if (!last || paragraph.previousElementSibling !== last) open = []
    open.length = Math.min(open.length, level)
    if (open.length && open.at(-1).localName !== tag && open.length === level) open.pop()
    while (open.length < level) {
      const list = page.createElement(tag)
      const parent = open.at(-1)
      if (!parent) paragraph.before(list)
      else (parent.lastElementChild ?? parent.appendChild(page.createElement("li"))).append(list)
      open.push(list)
    }
    const item = page.createElement("li")
    const text = page.createElement("p")
    text.append(...paragraph.childNodes)
    item.append(text)
    open.at(-1).append(item)
    last = open[0]
    paragraph.remove()
  }
}

/** A table as the block around it wants it. One cell alone only holds its words together, as mail programs do. */
function keepTable(page, table, { bare }) {
  const cells = table.querySelectorAll("td, th")
  if (cells.length < 2) return unwrap(cells[0] ?? table)
  table.querySelectorAll("colgroup, col").forEach((element) => element.remove())
  if (bare || table.closest("[data-block=table]") || table.parentElement.closest("table")) return
  const section = page.createElement("section")
  section.dataset.block = "table"
  table.replaceWith(section)
  const { caption } = table
  if (caption) {
    const line = page.createElement("p")
    line.dataset.part = "caption"
    line.append(...caption.childNodes)
    caption.remove()
    section.append(line)
  }
  section.append(table)
}

/** Rows of plain text whose cells are parted by tabs, as HTML of a table; "" for any other text. */
export function tableOfText(text) {
  const rows = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((row) => row.split("\t"))
  if (rows.length < 2 || rows[0].length < 2 || rows.some((row) => row.length !== rows[0].length)) return ""
  const page = document.implementation.createHTMLDocument("")
  const table = page.createElement("table")
  for (const row of rows) {
    const line = table.insertRow()
    for (const words of row) line.insertCell().textContent = words
  }
  return table.outerHTML
}

const hasPicture = (transfer) => [...(transfer?.files ?? [])].length > 0

export const PlainPaste = Extension.create({
  name: "plainPaste",
  addProseMirrorPlugins() {
    const { desk } = this.editor.storage
    const notice = () => desk.notice("picturesNotPasted")
    const number = new Intl.NumberFormat(document.documentElement.lang)
    /** More than the server would take: said before a long text is read, not after. */
    const refuseTooLong = ({ state: { doc, selection } }, pasted) => {
      const length = doc.content.size - (selection.to - selection.from) + pasted
      if (length <= desk.longest) return false
      desk.notice("tooLongToPaste", { length: number.format(length), limit: number.format(desk.longest) })
      return true
    }
    const isInTable = ({ state: { selection } }) => selection.$from.node(2)?.type.name === "table"
    const pasteTable = (view, transfer) => {
      if (transfer?.getData("text/html")) return false
      const table = tableOfText(transfer?.getData("text/plain") ?? "")
      return Boolean(table) && view.pasteHTML(table)
    }
    const refuseFiles = (transfer) => {
      if (!hasPicture(transfer) || transfer.getData("text/html")) return false
      notice()
      return true
    }
    return [
      new Plugin({
        props: {
          transformPastedHTML: (html, view) => plainHTML(html, notice, isInTable(view)),
          handlePaste: (view, event, slice) =>
            refuseFiles(event.clipboardData) ||
            refuseTooLong(view, slice.content.size) ||
            pasteTable(view, event.clipboardData),
          handleDOMEvents: {
            paste: (view, event) => {
              desk.notice("")
              if (!refuseTooLong(view, event.clipboardData?.getData("text/plain").length ?? 0)) return false
              event.preventDefault()
              return true
            },
            // Without this the browser would leave the page to show a dropped file, and the text with it.
            drop: (_view, event) => {
              if (!refuseFiles(event.dataTransfer)) return false
              event.preventDefault()
              return true
            },
          },
        },
      }),
    ]
  },
})
