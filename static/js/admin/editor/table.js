// The table inside a table block: the editor's own, without widths (the policy refuses a style) and with plain cells.

import { Table as ProseTable, TableCell as ProseCell, TableHeader as ProseHeader, TableRow } from "django-prose-editor/editor"

const spans = {
  colspan: { default: 1, parseHTML: (element) => span(element, "colspan") },
  rowspan: { default: 1, parseHTML: (element) => span(element, "rowspan") },
  colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) },
}
const span = (element, name) => Math.min(100, Number(element.getAttribute(name)) || 1)
const ownCell = { content: "paragraph+", addAttributes: () => spans }

export const tableExtensions = [
  ProseTable.extend({ group: "", renderHTML: () => ["table", ["tbody", 0]] }),
  TableRow,
  ProseCell.extend(ownCell),
  ProseHeader.extend(ownCell),
]
