// What a story form says, as plain values: to keep, to compare, and to put back.

const IGNORED = new Set(["csrfmiddlewaretoken", "opened_version", "tab", "sent", "person"])
const BYLINE = /^bylines-(\d+|__prefix__|[A-Z_]+)(?:-(\w+))?$/

/** {fields: {name: [values]}, bylines: [{author, name, role, position}]} of `form`. */
export function read(form) {
  const fields = {}
  const rows = {}
  for (const [name, value] of new FormData(form)) {
    const row = BYLINE.exec(name)
    if (row) {
      if (row[2]) (rows[row[1]] ??= {})[row[2]] = value
    } else if (!IGNORED.has(name) && typeof value === "string") (fields[name] ??= []).push(value)
  }
  delete rows.__prefix__
  const bylines = Object.entries(rows)
    .filter(([, row]) => !row.DELETE && (row.author || row.role))
    .map(([number, row]) => ({
      author: row.author ?? "",
      name: form.elements[`bylines-${number}-author`]?.selectedOptions?.[0]?.textContent.trim() ?? "",
      role: row.role ?? "",
      position: row.position ?? "",
    }))
    .sort(byPosition)
  return { fields, bylines }
}

/** A row without a number is a new one, and stands last. */
const byPosition = (one, other) => (one.position || Infinity) - (other.position || Infinity) || 0

/** The names of what differs between two readings; "bylines" stands for the whole byline. */
export function differing(one, other) {
  const names = new Set([...Object.keys(one.fields), ...Object.keys(other.fields)])
  const changed = [...names].filter((name) => !same(one.fields[name] ?? [], other.fields[name] ?? []))
  return same(one.bylines, other.bylines) ? changed : [...changed, "bylines"]
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

/** Put `values` into the inputs called `name`; the modules over them draw themselves anew. */
export function write(form, name, values) {
  const inputs = [...form.elements].filter((input) => input.name === name)
  inputs.forEach((input, place) => {
    if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value)
    else input.value = values[place] ?? ""
    if (input.editor) input.editor.commands.setContent(input.value)
    input.dispatchEvent(new CustomEvent("desk:set", { bubbles: true }))
    tell(input)
  })
}

/** Events for the browser's listeners and for those of the admin's jQuery, which hears both. */
function tell(input) {
  input.dispatchEvent(new Event("input", { bubbles: true }))
  input.dispatchEvent(new Event("change", { bubbles: true }))
}

/** Make the byline's rows say `rows`; the admin's own link adds what is missing. */
export function writeBylines(form, rows) {
  const group = document.getElementById("bylines-group")
  const lines = () => [...group.querySelectorAll("tr.form-row:not(.empty-form)")]
  while (lines().length < rows.length) group.querySelector(".add-row a").click()
  lines().forEach((line, place) => {
    const row = rows[place]
    const gone = line.querySelector("[name$=-DELETE]")
    if (gone) gone.checked = !row
    if (!row && gone) return
    choose(line.querySelector("[name$=-author]"), row)
    line.querySelector("[name$=-role]").value = row?.role ?? ""
    line.querySelector("[name$=-position]").value = row?.position ?? place
    tell(line.querySelector("[name$=-role]"))
  })
}

function choose(select, row) {
  if (row?.author && ![...select.options].some((option) => option.value === row.author)) {
    select.add(new Option(row.name, row.author))
  }
  select.value = row?.author ?? ""
  tell(select)
}

/** The words by which people know the input called `name`. */
export function labelOf(form, name) {
  const input = [...form.elements].find((one) => one.name === name)
  const label = input?.labels?.[0] ?? document.querySelector(`label[for="id_${name.replace(/_\d+$/, "")}"]`)
  return label?.textContent.replace(/[:*\s]+$/, "").trim() || name
}

/** A value as plain words: of a body, its text. */
export function plain(value) {
  if (!value.startsWith("<")) return value
  const { body } = new DOMParser().parseFromString(value.replace(/<\/(p|h2|h3|li)>/g, " $&"), "text/html")
  return body.textContent.trim()
}
