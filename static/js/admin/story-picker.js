// Choose a story of the desk in a dialog.

import { ask, button, el } from "newsroom/desk"
import { openDialog } from "newsroom/dialog"

/** A story's thumbnail, headline, section and state: the same small card in the picker, the editor and the lists. */
export function storyCard(story) {
  return el(
    "span",
    { className: "story-card" },
    story.thumb ? el("img", { src: story.thumb, alt: "", loading: "lazy", className: "story-card__thumb" }) : null,
    el(
      "span",
      { className: "story-card__words" },
      el("span", { className: "story-card__kicker", textContent: story.section }),
      el("strong", { className: "story-card__headline", textContent: story.headline }),
      el("span", { className: `story-card__state${story.live ? " is-live" : ""}`, textContent: story.state }),
    ),
  )
}

/**
 * Resolves to the chosen story of `baseUrl`, or null. Stories whose ids are in `exclude` are not offered. What is not a
 * story is chosen the same way: `name` is what the answer calls the list, `card` draws one of it, `below` stands under it.
 */
export function pickStory({ baseUrl, exclude = [], words, name = "stories", card = storyCard, below = null }) {
  return new Promise((resolve) => {
    const dialog = openDialog({ title: words.chooseStory, close: words.close, className: "story-picker" })
    const search = el("input", { type: "search", id: "story-picker-search", maxLength: 200, autocomplete: "off" })
    const list = el("ul", { className: "story-picker__list" })
    const status = el("p", { className: "story-picker__status", role: "status" })
    const more = button({ className: "story-picker__more", textContent: words.showMore, hidden: true })
    dialog.append(
      el(
        "p",
        { className: "story-picker__search" },
        el("label", { htmlFor: search.id, textContent: words.searchStories }),
        search,
      ),
      el("div", { className: "story-picker__results" }, list, status, more),
      below,
    )

    let chosen = null
    let next = 1
    let latest = 0
    let timer = 0
    const hidden = new Set(exclude)

    function choice(story) {
      const choose = button(
        { className: "story-picker__choice" },
        card(story),
        story.excerpt && el("span", { className: "story-picker__excerpt", textContent: story.excerpt }),
      )
      choose.addEventListener("click", () => {
        chosen = story
        dialog.close()
      })
      return el("li", {}, choose)
    }

    async function load({ fresh }) {
      const turn = ++latest
      status.textContent = words.loading
      more.hidden = true
      try {
        const page = await ask(baseUrl, { q: search.value.trim(), page: fresh ? 1 : next })
        if (turn !== latest) return // an older answer came after a newer question
        if (fresh) list.replaceChildren()
        const items = page[name].filter(({ id }) => !hidden.has(id)).map(choice)
        list.append(...items)
        next = page.next
        more.hidden = next === null
        status.textContent = list.children.length ? "" : words.noStories
        if (!fresh) items[0]?.firstElementChild.focus()
      } catch {
        if (turn === latest) status.textContent = words.unreachable
      }
    }

    search.addEventListener("input", () => {
      clearTimeout(timer)
      timer = setTimeout(() => load({ fresh: true }), 200)
    })
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault()
      if (event.key === "ArrowDown") list.querySelector("button")?.focus()
    })
    list.addEventListener("keydown", (event) => walk(event, list, search))
    more.addEventListener("click", () => load({ fresh: false }))
    dialog.addEventListener("close", () => {
      latest += 1
      clearTimeout(timer)
      resolve(chosen)
    })
    load({ fresh: true })
    search.focus()
  })
}

function walk(event, list, above) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const buttons = [...list.querySelectorAll("button")]
  const place = buttons.indexOf(document.activeElement) + step
  const target = place < 0 ? above : buttons[Math.min(place, buttons.length - 1)]
  target.focus()
}
