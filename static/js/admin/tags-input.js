// Turns the tags field into a combobox: the word being typed, after the last comma, is looked up among known tags.

const WAIT = 150 // milliseconds after the last key

function setUp(root) {
  const input = root.querySelector("input")
  const list = root.querySelector("ul")
  let timer
  let chosen = -1

  input.setAttribute("role", "combobox")
  input.setAttribute("aria-autocomplete", "list")
  input.setAttribute("aria-controls", list.id)
  input.setAttribute("aria-expanded", "false")

  const parts = () => input.value.split(",").map((part) => part.trim())

  function close() {
    list.hidden = true
    chosen = -1
    input.setAttribute("aria-expanded", "false")
    input.removeAttribute("aria-activedescendant")
  }

  function take(name) {
    const before = parts().slice(0, -1)
    input.value = [...before, name].join(", ") + ", "
    input.dispatchEvent(new Event("input", { bubbles: true }))
    close()
    input.focus()
  }

  function show(names) {
    const used = new Set(parts().slice(0, -1).map((name) => name.toLowerCase()))
    const offered = names.filter((name) => !used.has(name.toLowerCase()))
    list.replaceChildren(
      ...offered.map((name, index) => {
        const item = document.createElement("li")
        item.id = `${list.id}_${index}`
        item.setAttribute("role", "option")
        item.setAttribute("aria-selected", "false")
        item.textContent = name
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault()
          take(name)
        })
        return item
      }),
    )
    if (!offered.length) return close()
    list.hidden = false
    chosen = -1
    input.setAttribute("aria-expanded", "true")
  }

  function mark(step) {
    const items = [...list.children]
    if (list.hidden || !items.length) return
    items[chosen]?.setAttribute("aria-selected", "false")
    chosen = (chosen + step + items.length) % items.length
    items[chosen].setAttribute("aria-selected", "true")
    input.setAttribute("aria-activedescendant", items[chosen].id)
  }

  input.addEventListener("input", () => {
    clearTimeout(timer)
    const word = parts().at(-1)
    if (!word) return close()
    timer = setTimeout(async () => {
      const response = await fetch(`${root.dataset.suggestionsUrl}?q=${encodeURIComponent(word)}`)
      if (response.ok && word === parts().at(-1)) show((await response.json()).tags)
    }, WAIT)
  })

  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return
      event.preventDefault()
      mark(event.key === "ArrowDown" ? 1 : -1)
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault()
      take(list.children[chosen].textContent)
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault()
      close()
    }
  })
  input.addEventListener("blur", close)
}

document.querySelectorAll("[data-tags-input]").forEach(setUp)
