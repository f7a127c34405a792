// The Read more picks: a list of headlines over the input that holds their ids, separated by commas.

import { ask, button, el, fill, icon } from "newsroom/desk"
import { pickStory, storyCard } from "newsroom/story-picker"

async function start(input) {
  const { ownId, most, stories: address, words } = JSON.parse(input.dataset.readMore)
  let ids = input.value.split(/[\s,]+/).filter((word) => /^\d+$/.test(word)).map(Number)
  // What the server refused as no list of ids stays as it was typed.
  if (input.value.trim() && ids.join() !== input.value.replace(/\s/g, "")) return

  const known = new Map()
  const list = el("ol", { className: "read-more__list" })
  const add = button({ className: "button read-more__add", textContent: words.addStory })
  const note = el("span", { className: "read-more__note" })
  const box = el("div", { className: "read-more", role: "group" }, list, el("p", {}, add, " ", note))
  const label = document.querySelector(`label[for="${input.id}"]`)
  input.after(box)
  input.hidden = true
  if (label) {
    label.id ||= `${input.id}-label`
    box.setAttribute("aria-labelledby", label.id)
    label.addEventListener("click", () => add.focus()) // the hidden input cannot take the focus
  }
  const described = input.getAttribute("aria-describedby")
  if (described) add.setAttribute("aria-describedby", described)

  function change(wanted) {
    ids = wanted
    input.value = ids.join(", ")
    input.dispatchEvent(new Event("input", { bubbles: true }))
    input.dispatchEvent(new Event("change", { bubbles: true }))
    draw()
  }

  function move(place, step) {
    change(ids.toSpliced(place, 1).toSpliced(place + step, 0, ids[place]))
    const moved = list.children[place + step]
    const pressed = moved.querySelector(step < 0 ? ".is-up" : ".is-down")
    const target = pressed.disabled ? moved.querySelector(".is-remove") : pressed
    target.focus()
  }

  function tool(className, symbol, text, headline, press, disabled = false) {
    const name = fill(text, { headline })
    const made = button({ className, "aria-label": name, title: name, disabled }, icon(symbol))
    made.addEventListener("click", press)
    return made
  }

  function row(id, place) {
    const story = known.get(id)
    const headline = story ? story.headline : fill(words.gone, { id })
    return el(
      "li",
      { className: "read-more__story" },
      story ? storyCard(story) : el("em", { textContent: headline }),
      el(
        "span",
        { className: "read-more__tools" },
        tool("is-up", "arrow_upward", words.up, headline, () => move(place, -1), place === 0),
        tool("is-down", "arrow_downward", words.down, headline, () => move(place, 1), place === ids.length - 1),
        tool("is-remove", "close", words.remove, headline, () => {
          change(ids.toSpliced(place, 1))
          const target = list.children[Math.min(place, ids.length - 1)]?.querySelector(".is-remove") ?? add
          target.focus()
        }),
      ),
    )
  }

  function draw() {
    list.replaceChildren(...ids.map(row))
    add.disabled = ids.length >= most
    note.textContent = add.disabled ? fill(words.full, { most }) : ""
  }

  add.addEventListener("click", async () => {
    const story = await pickStory({ baseUrl: address, exclude: [ownId, ...ids], words })
    if (!story) return
    known.set(story.id, story)
    change([...ids, story.id])
  })

  /** Ask for the stories that are not known yet; false when the desk does not answer. */
  async function learn() {
    note.textContent = words.loading
    add.disabled = true
    try {
      for (const story of (await ask(address, { ids: ids.join() })).stories) known.set(story.id, story)
      return true
    } catch {
      // The ids are kept and sent as they are; only the list cannot be shown.
      note.textContent = words.unreachable
      input.hidden = false
      return false
    }
  }

  input.addEventListener("desk:set", async () => {
    ids = (input.value.match(/\d+/g) ?? []).map(Number)
    if (!ids.length || (await learn())) draw()
  })

  if (ids.length && !(await learn())) return
  draw()
}

for (const input of document.querySelectorAll("[data-read-more]")) start(input)
