/* Keeps what stands in [data-picture-progress] up to date while the files for readers are being made, also in what
   is added to the page later, and sends "Try again" without leaving the page. Without this module the page says
   it as of its loading. */

const PAUSE = 2000 // milliseconds from an answer to the next question

async function look() {
  const places = [...document.querySelectorAll('[data-picture-progress][data-state="waiting"]')]
  if (places.length && !document.hidden) await ask(places).catch(() => null) // a desk that is away is asked again
  setTimeout(look, PAUSE)
}

async function ask(places) {
  const ids = new Set(places.map((place) => place.dataset.pictureProgress))
  const query = new URLSearchParams([...ids].map((id) => ["id", id]))
  const pictures = await answer(await fetch(`${places[0].dataset.address}?${query}`))
  for (const place of places) {
    const picture = pictures[place.dataset.pictureProgress]
    if (picture?.progress !== "waiting") say(place, picture ?? { progress: "gone", html: "" })
  }
}

/** The JSON of a response; rejects for anything else, such as the sign-in page. */
async function answer(response) {
  if (!response.ok || response.redirected) throw new Error(`${response.status} ${response.url}`)
  return response.json()
}

function say(place, { progress, html }) {
  place.dataset.state = progress
  place.innerHTML = html
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-try-again]")
  if (!button) return
  event.preventDefault()
  const headers = { Accept: "application/json" }
  try {
    const response = await fetch(button.formAction, { method: "POST", body: new FormData(button.form), headers })
    say(button.closest("[data-picture-progress]"), await answer(response))
  } catch {
    button.form.requestSubmit(button) // whatever is wrong, a page says it
  }
})

look()
