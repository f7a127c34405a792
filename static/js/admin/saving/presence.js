// Who else has this story open, and whether somebody saved since; asked while the page is seen.

import { button, fill } from "newsroom/desk"

export function startPresence(saving) {
  const { config, desk, form, root } = saving
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
    if (hasTyped) body.set("typed", "1")
    if (isFirst) {
      body.set("opened", "1")
      body.set("after", pageBefore(form.elements.tab.value))
    }
    isFirst = false
    const { kind, data } = await desk.post(config.addresses.presence, body)
    if (kind === "ok") show(data)
  }

  function show({ others, version, by, at }) {
    const isNewer = version > saving.version && !saving.sending && !saving.stopped
    const sentences = isNewer ? [...others, fill(words.newer, { by, at })] : others
    const text = sentences.join(" ")
    if (place.firstChild?.textContent !== text) place.replaceChildren(...(text ? [text] : []))
    const offered = place.querySelector("button")
    if (isNewer && !saving.isUnsaved && !offered) place.append(" ", reload())
    else if (offered && (!isNewer || saving.isUnsaved)) offered.remove()
  }

  function reload() {
    const made = button({ className: "link-button", textContent: words.reload })
    made.addEventListener("click", () => location.reload())
    return made
  }

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
