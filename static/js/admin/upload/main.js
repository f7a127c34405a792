// The page where pictures come in: dropped anywhere on it, pasted or chosen. Without this module its form sends the files
// and the server draws the rows.

import { Desk } from "newsroom/upload/desk"
import { Queue } from "newsroom/upload/queue"
import { Words } from "newsroom/upload/words"

const root = document.querySelector("[data-upload]")
const template = root.querySelector("[data-words-of-script]").content
const word = (name) => template.querySelector(`[data-word="${name}"]`).textContent
const desk = new Desk(root)
const words = new Words({ root, desk, word })
const queue = new Queue({ root, desk, word, onNew, onKnown })
const input = root.querySelector("input[type=file]")

for (const element of root.querySelectorAll("[data-with-script]")) element.hidden = false
for (const element of root.querySelectorAll("[data-without-script]")) element.hidden = true

function onNew({ element }, { html }) {
  words.add(element, html)
}

/* The row of a file that came twice is on this page; any other is shown with a link. */
function onKnown(item, { id, html }) {
  if (words.row(id)) return queue.mark(item, "known", word("twice"))
  const holder = document.createElement("template")
  holder.innerHTML = html
  item.element.replaceWith((item.element = holder.content.querySelector("li")))
}

input.addEventListener("change", () => {
  queue.add([...input.files])
  input.value = ""
})

// --- Dropped and pasted ---------------------------------------------------------------------------------------

const hasFiles = (event) => event.dataTransfer?.types.includes("Files")

for (const type of ["dragenter", "dragover"]) {
  document.addEventListener(type, (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "copy"
    root.classList.add("is-over")
  })
}

document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) root.classList.remove("is-over") // out of the window
})

document.addEventListener("drop", (event) => {
  root.classList.remove("is-over")
  if (!hasFiles(event)) return
  event.preventDefault()
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.())
  const folders = entries.filter((entry) => entry?.isDirectory).map(({ name }) => name)
  queue.add([...event.dataTransfer.files].filter(({ name }) => !folders.includes(name)), folders)
})

document.addEventListener("paste", (event) => {
  const { files, types } = event.clipboardData
  const isTyping = event.target.closest?.("textarea, input:not([type=file])")
  if (!files.length || (isTyping && types.includes("text/plain"))) return
  event.preventDefault()
  queue.add([...files])
})

window.addEventListener("beforeunload", (event) => {
  if (queue.isBusy || words.isUnsaved) event.preventDefault()
})
