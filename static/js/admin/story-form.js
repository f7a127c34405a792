// The headline's length against what fits, told quietly below the input. Nothing is refused.

function start(input) {
  const limit = Number(input.dataset.fits)
  const { fits, long } = JSON.parse(input.dataset.fitsWords)
  const field = document.createElement("div")
  const counter = document.createElement("p")
  field.className = "length-field"
  counter.className = "length-counter"
  input.replaceWith(field)
  field.append(input, counter)
  const count = () => {
    const n = [...input.value.trim()].length
    counter.textContent = (n > limit ? long : fits).replace("{n}", n).replace("{limit}", limit)
    counter.classList.toggle("is-long", n > limit)
  }
  input.addEventListener("input", count)
  count()
}

for (const input of document.querySelectorAll("input[data-fits]")) start(input)
