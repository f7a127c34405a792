// On opening a form: words that an earlier opening kept in this browser and that the server never got.

import { button, el, fill } from "newsroom/desk"
import { drop, leftCopies } from "newsroom/saving/browser-copy"
import { differing, labelOf, plain, read, write, writeBylines } from "newsroom/saving/form-words"

const LONGEST = 300 // characters of a value that the bar shows

export async function offerRecovery(saving) {
  const { config, form } = saving
  const [copy, ...older] = (await leftCopies(config)).filter((one) => isNews(form, one))
  if (!copy) return
  const { words } = config
  const time = timeOf(copy.at)
  const names = changedNames(form, copy.words)
  const list = el("ul", { hidden: true }, ...names.map((name) => el("li", {}, describe(form, copy.words, name, words))))
  const bar = el(
    "section",
    { className: "recovery", "aria-label": fill(words.found, { time }) },
    el("p", { role: "status", textContent: fill(words.found, { time }) }),
    el("p", { className: "recovery__buttons" }, restore(), show(), discard()),
    list,
  )
  form.before(bar)

  function restore() {
    return pressed(fill(words.restore, { time }), "button default", () => {
      putBack(form, copy.words, names)
      if (!isOwnNewest(config, copy)) saving.version = copy.version // theirs is newer: the next save shows both
      saving.changed()
      close()
      saving.status.said.textContent = words.restored
    })
  }

  function show() {
    const made = pressed(words.show, "button", () => {
      list.hidden = !list.hidden
      made.setAttribute("aria-expanded", String(!list.hidden))
    })
    made.setAttribute("aria-expanded", "false")
    return made
  }

  function discard() {
    return pressed(words.discard, "button", close)
  }

  function close() {
    drop(copy.key)
    bar.remove()
    if (older.length) offerRecovery(saving)
  }
}

function pressed(text, className, press) {
  const made = button({ className, textContent: text })
  made.addEventListener("click", press)
  return made
}

/** A copy that says the same as the form is dropped; the server has got it. */
function isNews(form, copy) {
  const isNews = changedNames(form, copy.words).length > 0
  if (!isNews) drop(copy.key)
  return isNews
}

/** The editor writes some texts differently from how they are stored; both forms are the same words. */
function changedNames(form, words) {
  const { body } = form.elements
  const isSameBody = body?.editor && words.fields.body?.[0] === body.editor.getHTML().replace(/(?:<p><\/p>)+$/, "")
  return differing(words, read(form)).filter((name) => name !== "body" || !isSameBody)
}

const isOwnNewest = (config, copy) =>
  copy.version >= config.version || config.writtenByTabs[copy.tab] === config.version

function putBack(form, words, names) {
  for (const name of names) {
    if (name === "bylines") writeBylines(form, words.bylines)
    else write(form, name, words.fields[name] ?? [])
  }
}

function describe(form, { fields, bylines }, name, words) {
  const isByline = name === "bylines"
  const value = isByline ? bylines.map((row) => row.name).join(", ") : (fields[name] ?? []).map(plain).join(", ")
  const field = isByline ? words.byline : labelOf(form, name)
  const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
  return fill(words.foundField, { field, value: shown || words.nothing })
}

function timeOf(at) {
  const moment = new Date(at)
  const isToday = moment.toDateString() === new Date().toDateString()
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
  const day = isToday ? {} : { day: "numeric", month: "short" }
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, ...clock }).format(moment)
}
