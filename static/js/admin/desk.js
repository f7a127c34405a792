// What the desk's modules share: making elements, filling words, asking the server.

/** An element with properties; names with a dash (aria-…, data-…) and "role" become attributes. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value)
    else element[name] = value
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""))
  return element
}

export function button(properties, ...children) {
  return el("button", { type: "button", ...properties }, ...children)
}

/** An icon of the editor's icon font; the button around it carries the name. */
export function icon(name) {
  return el("span", { className: "material-icons", "aria-hidden": "true", textContent: name })
}

/** `text` with each {name} replaced by its value. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (match, name) => values[name] ?? match)
}

/** The JSON at `address` with `parameters` (a value may be a list); rejects when the desk does not answer with it. */
export async function ask(address, parameters) {
  const url = new URL(address, location.href)
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) url.searchParams.append(name, one)
  }
  const response = await fetch(url, { headers: { Accept: "application/json" } })
  // A session that ended answers with the sign-in page.
  if (!response.ok || response.redirected) throw new Error(`${response.status} ${url.pathname}`)
  return response.json()
}
