// The Insert menu: each block with its name and a sentence that says what it is for.

import { button, el, icon } from "newsroom/desk"

/**
 * The menu of `items` [{word, symbol, run}] and the button that opens it. The arrow keys, Home, End and first letters
 * walk it; Escape closes it and gives the focus back.
 */
export function insertMenu(editor, items, words) {
  const entries = items.map((item) => {
    const made = button(
      { className: "insert-menu__item", role: "menuitem", tabIndex: -1 },
      icon(item.symbol),
      el(
        "span",
        {},
        el("span", { className: "insert-menu__name", textContent: words[item.word] }),
        el("span", { className: "insert-menu__help", textContent: words[`${item.word}Help`] }),
      ),
    )
    made.addEventListener("click", () => {
      close()
      editor.view.focus() // a dialog that the block opens gives the focus back to what had it
      item.run(editor)
    })
    return made
  })
  const menu = el("div", { className: "insert-menu", role: "menu", "aria-label": words.insert, hidden: true }, ...entries)
  const opener = button(
    {
      className: "body-editor__button is-named",
      title: `${words.insert} (${words.insertKeys})`,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("add_box"),
    el("span", { textContent: words.insert }),
  )

  function open() {
    menu.hidden = false
    opener.setAttribute("aria-expanded", "true")
    entries[0].focus()
    menu.scrollIntoView({ block: "nearest" }) // all of it, where the window has room
  }
  const has = (target) => menu.contains(target) || opener.contains(target)
  function close() {
    menu.hidden = true
    opener.setAttribute("aria-expanded", "false")
  }
  /** The place of the next item after `from` whose name begins with the letter. */
  const named = (letter, from) => {
    const names = items.map((item) => words[item.word].toLocaleLowerCase())
    const order = [...names.keys()].map((step) => (from + 1 + step) % names.length)
    return order.find((place) => names[place].startsWith(letter.toLocaleLowerCase()))
  }

  opener.addEventListener("mousedown", (event) => event.preventDefault()) // the text keeps its selection
  opener.addEventListener("click", () => (menu.hidden ? open() : close()))
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return
    event.preventDefault()
    open()
  })
  menu.addEventListener("keydown", (event) => {
    event.stopPropagation()
    if (event.key === "Escape" || event.key === "Tab") {
      close()
      if (event.key === "Escape") opener.focus()
      return
    }
    const at = entries.indexOf(document.activeElement)
    const keys = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }
    const to = keys[event.key] ?? (event.key.length === 1 && event.key !== " " ? named(event.key, at) : undefined)
    if (to === undefined) return
    event.preventDefault()
    entries.at(to % entries.length).focus()
  })
  menu.addEventListener("mousedown", (event) => event.preventDefault())
  document.addEventListener("mousedown", (event) => {
    if (!menu.hidden && !has(event.target)) close()
  })
  // A pointer or Tab has closed the menu by now. What else takes its focus is the editor, some frames after it was
  // asked to for what was done before this.
  menu.addEventListener("focusout", (event) => {
    requestAnimationFrame(() => {
      if (!menu.hidden && !has(document.activeElement)) event.target.focus()
    })
  })
  return { opener, menu, open }
}
