// The preview beside the form: the form's words, saved or not, as the readers' page they would make.
// Each refresh posts them into a frame of its own, shown when it is ready: nothing flickers, the place on the
// page is kept, and the browser's Back button knows nothing of it.

import { el } from "newsroom/desk"

const PAUSE = 600 // ms without a change before the page is drawn again
const KEY = "newsroom.preview"
const narrow = matchMedia("(max-width: 1023px)")

const panel = document.getElementById("preview-panel")
const form = document.getElementById("article_form")
const toggle = document.querySelector("[aria-controls=preview-panel]")
const stage = panel.querySelector(".preview-panel__stage")
const notice = panel.querySelector(".preview-panel__notice")
const originals = new WeakMap() // media rule -> its condition as the stylesheet has it

const choice = (name) => panel.querySelector(`[name=${name}]:checked`)?.value ?? ""
const shape = () => panel.querySelector("[name=shape]").value

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {}
  } catch {
    return {}
  }
}

function remember() {
  const state = { open: !panel.hidden, width: choice("width"), scheme: choice("scheme"), shape: shape() }
  try {
    localStorage.setItem(KEY, JSON.stringify(state))
  } catch {
    // A browser that keeps nothing opens without the panel next time.
  }
}

/** Where the words go: a story that was new when the page came may have an address by now. */
function address() {
  const saved = location.pathname.match(/^(.*\/)(\d+)\/change\/$/)
  const url = new URL(saved ? `${saved[1]}${saved[2]}/preview/` : panel.dataset.address, location.href)
  url.searchParams.set("beside", "")
  if (shape()) url.searchParams.set("as", shape())
  return url.href
}

// --- Drawing --------------------------------------------------------------------------------------------

let number = 0
let drawn = "" // what the newest frame was asked to show
let timer = 0

function later() {
  clearTimeout(timer)
  timer = setTimeout(draw, PAUSE)
}

function draw() {
  if (panel.hidden) return
  const words = [...new FormData(form)].filter(([, value]) => typeof value === "string")
  const asked = JSON.stringify([address(), words])
  if (asked === drawn) return
  drawn = asked
  stage.querySelector(".is-waiting")?.remove()
  number += 1
  const frame = el("iframe", { name: `story-preview-${number}`, title: stage.dataset.title, className: "is-waiting" })
  stage.append(frame)
  stage.setAttribute("aria-busy", "true")
  frame.addEventListener("load", () => loaded(frame))
  const post = el(
    "form",
    { method: "post", action: address(), target: frame.name, enctype: "multipart/form-data", hidden: true },
    ...words.map(([name, value]) => el("input", { type: "hidden", name, value })),
  )
  document.body.append(post)
  post.submit()
  post.remove()
}

function loaded(frame) {
  const page = frame.contentDocument
  if (page?.URL === "about:blank") return
  stage.removeAttribute("aria-busy")
  notice.textContent = page ? "" : panel.dataset.failed
  if (!page) {
    frame.remove()
    drawn = ""
    return
  }
  const before = stage.querySelector("iframe:not(.is-waiting)")
  paint(page)
  leadOutside(page)
  frame.contentWindow.scrollTo({ top: before?.contentWindow.scrollY ?? 0, behavior: "instant" })
  frame.classList.remove("is-waiting")
  before?.remove()
}

/** A link opens in a tab of its own: the panel shows this story and nothing else. */
function leadOutside(page) {
  page.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest("a[href]")
      if (!link || link.getAttribute("href").startsWith("#")) return
      event.preventDefault()
      event.stopPropagation()
      open(link.href, "_blank", "noopener")
    },
    true,
  )
}

/** Light or dark whatever the desk's own screen is: the page's questions for the scheme get this answer. */
function paint(page) {
  const scheme = choice("scheme")
  page.documentElement.style.colorScheme = scheme
  for (const sheet of page.styleSheets) answer(sheet.cssRules, scheme)
}

function answer(rules, scheme) {
  for (const rule of rules) {
    if (rule.media?.mediaText.includes("prefers-color-scheme")) originals.set(rule, rule.media.mediaText)
    const asked = originals.get(rule)
    if (asked) {
      rule.media.mediaText = asked.replace(/\(prefers-color-scheme:\s*(\w+)\)/g, (match, word) =>
        word === scheme ? "(min-width: 0px)" : "(max-width: 0px)",
      )
    }
    if (rule.cssRules) answer(rule.cssRules, scheme)
  }
}

function fit() {
  const width = Number(choice("width"))
  stage.style.setProperty("--width", `${width}px`)
  stage.style.setProperty("--scale", Math.min(1, stage.clientWidth / width) || 1)
}

// --- Opening and closing --------------------------------------------------------------------------------

/** On a narrow screen the panel covers the form, which must not take the keyboard from under it. */
function cover() {
  document.getElementById("container").inert = !panel.hidden && narrow.matches
}

function show(is_open) {
  panel.hidden = !is_open
  document.body.classList.toggle("has-preview", is_open)
  toggle.setAttribute("aria-expanded", is_open)
  cover()
  if (!is_open) return
  fit()
  draw()
}

function switchTo(is_open) {
  show(is_open)
  remember()
  if (!is_open) toggle.focus()
  else if (narrow.matches) panel.querySelector(".preview-panel__close").focus()
}

function start() {
  const state = remembered()
  for (const name of ["width", "scheme"]) {
    const known = panel.querySelector(`[name=${name}][value="${state[name]}"]`)
    if (known) known.checked = true
  }
  panel.querySelector("[name=shape]").value = state.shape ?? ""
  document.body.append(panel)
  toggle.hidden = false
  toggle.addEventListener("click", () => switchTo(panel.hidden))
  panel.querySelector(".preview-panel__close").addEventListener("click", () => switchTo(false))
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") switchTo(false)
  })
  panel.addEventListener("change", () => {
    fit()
    draw()
    for (const frame of stage.querySelectorAll("iframe:not(.is-waiting)")) paint(frame.contentDocument)
    remember()
  })
  for (const name of ["input", "change", "formset:added", "formset:removed"]) form.addEventListener(name, later)
  // The admin's pickers of people tell jQuery alone that they changed.
  window.django?.jQuery(form).on("change", later)
  new ResizeObserver(fit).observe(stage)
  narrow.addEventListener("change", cover)
  if (state.open && !narrow.matches) show(true)
}

if (toggle && form) start()
