/* The picture picker: a modal dialog over the library, with an upload beside it.

   pickPicture({ csrfToken, baseUrl, selected }) resolves to the chosen picture as the server describes it
   (id, thumb, preview, width, height, alt, caption, credit, label, warning), or to null when the dialog is
   closed. A file that the library has already comes back with `duplicate: true` and the words typed here.
   It rejects when the dialog cannot be loaded, for example after the session ended. */

import { readJson, send } from "newsroom/picture-call"

const SEARCH_PAUSE = 250 // milliseconds without a key before a search starts

let loading = null

export async function pickPicture({ csrfToken, baseUrl, selected = null }) {
  loading ??= load(baseUrl).catch((error) => {
    loading = null
    throw error
  })
  const dialog = await loading
  if (dialog.open) return null
  return open(dialog, { csrfToken, baseUrl, selected })
}

/* One dialog serves the page until it is left: what was typed in it survives closing it. */
async function load(baseUrl) {
  const response = await fetch(`${baseUrl}dialog/`)
  if (!response.ok || response.redirected) throw new Error(`The picker answered ${response.status}`)
  const holder = document.createElement("template")
  holder.innerHTML = await response.text()
  const dialog = holder.content.querySelector("dialog")
  document.body.append(dialog)
  return dialog
}

function open(dialog, { csrfToken, baseUrl, selected }) {
  const opener = document.activeElement
  const session = new AbortController()
  const on = (target, type, listener) => target?.addEventListener(type, listener, { signal: session.signal })

  return new Promise((resolve) => {
    let picked = null
    const pick = (picture) => {
      picked = picture
      dialog.close()
    }
    on(dialog, "close", () => {
      session.abort()
      opener?.focus()
      resolve(picked)
    })
    on(dialog.querySelector("[data-close]"), "click", () => dialog.close())
    on(dialog, "click", (event) => {
      if (event.target === dialog) dialog.close() // the backdrop
    })
    runLibrary(dialog, { baseUrl, selected, pick, on })
    const form = dialog.querySelector("[data-upload]")
    if (form) runUpload(dialog, form, { baseUrl, csrfToken, pick, on, signal: session.signal })
    dialog.showModal()
    dialog.querySelector("[data-search]").focus()
  })
}

function word(dialog, name) {
  return dialog.querySelector("[data-words]").content.querySelector(`[data-word="${name}"]`).textContent
}

/* --- The library ------------------------------------------------------------------------------------- */

function runLibrary(dialog, { baseUrl, selected, pick, on }) {
  const search = dialog.querySelector("[data-search]")
  const grid = dialog.querySelector("[data-grid]")
  const more = dialog.querySelector("[data-more]")
  const status = dialog.querySelector("[data-status]")
  let request = null
  let pause = 0
  let next = null

  async function list(page) {
    request?.abort()
    request = new AbortController()
    const { signal } = request
    status.textContent = word(dialog, "loading")
    try {
      const query = new URLSearchParams({ q: search.value, page })
      const response = await fetch(`${baseUrl}?${query}`, { signal })
      const answer = await readJson(response)
      if (signal.aborted) return
      if (!response.ok || !answer) throw new Error("signed-out")
      show(answer, page)
    } catch (error) {
      if (!signal.aborted) status.textContent = word(dialog, error.message === "signed-out" ? "signed-out" : "offline")
    }
  }

  function show(answer, page) {
    const tiles = answer.pictures.map((picture) => tile(dialog, picture, picture.id === selected, pick))
    if (page === 1) grid.replaceChildren(...tiles)
    else grid.append(...tiles)
    const first = grid.querySelector("button")
    if (first && !grid.querySelector('button[tabindex="0"]')) first.tabIndex = 0
    if (page > 1) tiles[0]?.querySelector("button").focus()
    next = answer.next
    more.hidden = !next
    status.textContent = first ? "" : word(dialog, "empty")
  }

  on(search, "input", () => {
    clearTimeout(pause)
    pause = setTimeout(() => list(1), SEARCH_PAUSE)
  })
  on(more, "click", () => next && list(next))
  on(grid, "keydown", moveInGrid)
  on(dialog, "close", () => {
    clearTimeout(pause)
    request?.abort()
  })
  grid.replaceChildren() // the tiles of the last visit would answer to that one
  list(1)
}

function tile(dialog, picture, isSelected, pick, doing = "") {
  const item = document.createElement("li")
  const button = document.createElement("button")
  const words = document.createElement("span")
  button.type = "button"
  button.tabIndex = -1
  if (isSelected) button.setAttribute("aria-current", "true")
  words.textContent = picture.label || word(dialog, "untitled")
  if (picture.thumb) {
    const image = new Image(192, 192)
    image.src = picture.thumb
    image.alt = "" // the words below name the button
    image.loading = "lazy"
    button.append(image)
  }
  button.append(words)
  for (const [name, text] of [["credit", picture.credit], ["warning", picture.warning]]) {
    if (!text) continue
    const line = document.createElement("small")
    line.className = `picture-picker__${name}`
    line.textContent = text
    button.append(line)
  }
  if (doing) {
    const act = document.createElement("strong")
    act.textContent = word(dialog, doing)
    button.append(act)
  }
  button.addEventListener("click", () => pick(picture))
  item.append(button)
  return item
}

/* One stop for the Tab key; arrows, Home and End move inside the grid. */
function moveInGrid(event) {
  const buttons = [...event.currentTarget.querySelectorAll("button")]
  const at = buttons.indexOf(event.target)
  const top = (button) => button.getBoundingClientRect().top
  const columns = buttons.findIndex((button) => top(button) > top(buttons[0])) // -1: a single row
  const row = columns > 0 ? columns : buttons.length
  const ahead = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1
  const steps = { ArrowRight: ahead, ArrowLeft: -ahead, ArrowDown: row, ArrowUp: -row }
  const targets = { Home: 0, End: buttons.length - 1 }
  const target = buttons[targets[event.key] ?? at + (steps[event.key] ?? NaN)]
  if (at < 0 || !target) return
  event.preventDefault()
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1
  target.focus()
}

/* --- The upload -------------------------------------------------------------------------------------- */

function runUpload(dialog, form, { baseUrl, csrfToken, pick, on, signal }) {
  const file = form.elements.file
  const drop = form.querySelector("[data-drop]")
  const submit = form.querySelector("[type=submit]")
  const progress = form.querySelector("[data-progress]")
  const note = form.querySelector("[data-form-error]")
  const near = form.querySelector("[data-near]")
  const fields = form.querySelector("[data-fields]")
  closeNear()

  const take = (event, files) => {
    if (!files?.length) return
    event.preventDefault()
    file.files = files
    showErrors(form, {})
  }
  on(drop, "dragover", (event) => {
    event.preventDefault()
    drop.classList.add("is-over")
  })
  on(drop, "dragleave", () => drop.classList.remove("is-over"))
  on(drop, "drop", (event) => {
    drop.classList.remove("is-over")
    take(event, event.dataTransfer.files)
  })
  on(dialog, "paste", (event) => take(event, event.clipboardData?.files))

  on(form, "submit", async (event) => {
    event.preventDefault()
    if (submit.disabled) return
    showErrors(form, {})
    submit.disabled = true
    progress.hidden = false
    progress.value = 0
    const onProgress = (share) => {
      progress.value = share
      if (share === 1) note.textContent = word(dialog, "working")
    }
    const answer = await send(`${baseUrl}upload/`, new FormData(form), { csrfToken, onProgress, signal })
    submit.disabled = false
    progress.hidden = true
    note.textContent = ""
    if (answer.failure) note.textContent = word(dialog, answer.failure)
    else if (answer.errors) showErrors(form, answer.errors)
    else if (!signal.aborted) {
      const picture = answer.duplicate ? withTypedWords(answer, form) : answer
      if (picture.near?.length) offerNear(picture)
      else use(picture)
    }
  })

  function use(picture) {
    closeNear()
    form.reset()
    pick(picture)
  }

  /* The picture is kept; the person decides whether it shall stay. */
  function offerNear(picture) {
    near.querySelector("ul").replaceChildren(
      ...picture.near.map((other) => tile(dialog, other, false, () => useInstead(other, picture), "instead")),
    )
    for (const button of near.querySelectorAll("li button")) button.tabIndex = 0
    const keep = near.querySelector("[data-keep]")
    keep.onclick = () => use(picture)
    near.hidden = false
    fields.hidden = true
    near.querySelector("button").focus()
  }

  function closeNear() {
    near.hidden = true
    fields.hidden = false
  }

  async function useInstead(other, picture) {
    const answer = await send(`${baseUrl}${picture.id}/take-back/`, new FormData(), { csrfToken, signal })
    if (answer.failure || answer.errors) note.textContent = answer.errors?.[0] ?? word(dialog, answer.failure)
    else use(withTypedWords(other, form))
  }
}

/* The library keeps its own words for a known file; the ones typed now still belong to this use. */
function withTypedWords(picture, form) {
  const { alt_text: alt, caption, credit } = form.elements
  return {
    ...picture,
    alt: alt.value.trim() || picture.alt,
    caption: caption.value.trim() || picture.caption,
    credit: credit.value.trim() || picture.credit,
  }
}

function showErrors(form, errors) {
  for (const field of form.querySelectorAll("[data-field]")) {
    const sentences = errors[field.dataset.field] ?? []
    const input = field.querySelector("input, textarea")
    field.querySelector("[data-error]").textContent = sentences.join(" ")
    input.toggleAttribute("aria-invalid", sentences.length > 0)
  }
  form.querySelector("[data-form-error]").textContent = (errors.__all__ ?? []).join(" ")
  form.querySelector("[aria-invalid]")?.focus()
}
