// A button [data-copy] puts the value of the input it names into the clipboard; where the browser allows that
// to nobody, the value stands selected and the keyboard does the rest.

for (const button of document.querySelectorAll("[data-copy]")) {
  const input = document.getElementById(button.dataset.copy)
  button.hidden = false
  button.addEventListener("click", async () => {
    input.select()
    try {
      await navigator.clipboard.writeText(input.value)
      button.textContent = button.dataset.copied
    } catch {
      input.focus()
    }
  })
}
