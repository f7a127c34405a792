// Who else has this story open, and whether somebody saved since; asked while the page is seen.

import { button, fill } from "newsroom/desk"

export function startPresence(saving) {
  const { config, desk, form, root, status } = saving
  const { words } = config
  const place = root.querySelector("[data-others]")
  let hasTyped = false
  let isFirst = true
  let timer = null

  async function ping() {
    clearTimeout(timer)
    timer = setTimeout(ping, config.ping * 1000)
    if (document.hidden || !config.addresses.presence) return
    const body = new FormData()
    body.set("tab", form.elements.tab.value)
    body.set("opened_version", saving.version)
    if (hasTyped) body.set("typed", "1")
    if (isFirst) {
      body.set("opened", "1")
      body.set("after", pageBefore(form.elements.tab.value))
    }
    isFirst = false
    const { kind, data } = await desk.post(config.addresses.presence, body, { inBackground: true })
    if (kind === "ok") show(data)
    saving.heard(kind)
  }

  function show({ others, version, by, at, taken }) {
    const isNewer = version > saving.version && !saving.sending && !saving.stopped
    const news = fill(taken ? words.takenOver : words.newer, { by, at })
    const text = [...others, ...(isNewer ? [news] : [])].join(" ")
    if (place.firstChild?.textContent !== text) place.replaceChildren(...(text ? [text] : []))
    offer(isNewer ? !saving.isUnsaved && words.reload : others.length > 0 && !saving.stopped && words.takeOver)
  }

  /** The one thing to do about it: the button of that name, or none. */
  function offer(name) {
    const offered = place.querySelector("button")
    if ((offered?.textContent ?? false) === name) return
    offered?.remove()
    if (!name) return
    const made = button({ className: "link-button", textContent: name })
    made.addEventListener("click", name === words.reload ? () => location.reload() : takeOver)
    place.append(" ", made)
  }

  async function takeOver() {
    await saving.save()
    if (saving.stopped) return
    const body = new FormData()
    body.set("tab", form.elements.tab.value)
    body.set("opened_version", saving.version)
    const { kind, data } = await desk.post(config.addresses.takeOver, body)
    if (kind !== "ok") return status.show(kind, data ?? {})
    saving.version = data.version
    status.show("tookOver")
    ping()
  }

  /** A closed tab is gone at once: who opens the story again does not meet themselves. */
  function leave() {
    if (!config.addresses.presence) return
    const body = new FormData()
    body.set("tab", form.elements.tab.value)
    body.set("left", "1")
    desk.post(config.addresses.presence, body, { inBackground: true, keepalive: true })
  }

  window.addEventListener("pagehide", leave)
  window.addEventListener("pageshow", (event) => event.persisted && ping())
  root.addEventListener("saving:created", ping)
  root.addEventListener("saving:typed", () => {
    if (hasTyped) return
    hasTyped = true
    ping()
  })
  document.addEventListener("visibilitychange", () => document.hidden || ping())
  ping()
}

/** The opening of a form that this page of the browser showed before `tab`; "" when it showed none. */
function pageBefore(tab) {
  try {
    const before = sessionStorage.getItem("newsroom:tab") ?? ""
    sessionStorage.setItem("newsroom:tab", tab)
    return before
  } catch {
    return ""
  }
}
