// "Check now": asks what stands in the way of the words in the form, saved or not, and shows the list beside it.
// Links of that list, and of the pages that lead here with a #field, go to the field itself.

const report = document.getElementById("check-report")
const list = report.querySelector("div")
const link = document.querySelector("[data-check-now]")

/** Brings a field into sight and puts the cursor there, also when its own input is hidden behind a widget. */
function show(id) {
  const target = document.getElementById(id)
  if (!target) return false
  const place = target.closest(".form-row") ?? target
  const find = (kinds) => [target, ...place.querySelectorAll("*")].find(
    (element) => element.matches(kinds) && element.getClientRects().length > 0,
  )
  place.scrollIntoView({ block: "center" })
  const input = find("input, textarea, select, [contenteditable=true]") ?? find("button, a[href]")
  input?.focus({ preventScroll: true })
  return true
}

function open() {
  report.hidden = false
  document.getElementById("check-report-title").focus()
}

function close() {
  report.hidden = true
  link.focus()
}

async function check(event) {
  event.preventDefault()
  link.setAttribute("aria-disabled", "true")
  try {
    const form = document.getElementById("article_form")
    const response = await fetch(link.href, { method: "POST", body: new FormData(form) })
    // A session that ended answers with the sign-in page.
    if (!response.ok || response.redirected) throw new Error(response.status)
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    list.replaceChildren(...page.body.childNodes)
  } catch {
    list.textContent = report.dataset.failed
  } finally {
    link.removeAttribute("aria-disabled")
  }
  open()
}

link?.addEventListener("click", check)
report.querySelector("button").addEventListener("click", close)
report.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close()
})
list.addEventListener("click", (event) => {
  const field = event.target.closest("a[href*='#']")?.hash.slice(1)
  if (field && show(field)) event.preventDefault()
})

// The editor takes the place of its text area after this module has run.
if (location.hash.length > 1) window.addEventListener("load", () => show(location.hash.slice(1)))
