// A video, sound or chart from elsewhere: its address, checked against the server's table, and its title.

import { ask, el } from "newsroom/desk"
import { askWords } from "newsroom/dialog"
import { insertBlock, referenceBlock } from "newsroom/editor/blocks"

export const EmbedBlock = referenceBlock({
  name: "EmbedBlock",
  kind: "embed",
  tag: "div",
  attributes: ["url", "title"],
  label: "embed",
  gone: "embedGone",
  find: (library, { url }) => library.get("embed", url),
  draw: ({ url, title }, { provider }, words) => [
    el("p", { className: "block__provider", textContent: provider }),
    title
      ? el("p", { className: "block__title", textContent: title })
      : el("p", { className: "block__problems", textContent: words.embedTitleMissing }),
    el("p", { className: "block__address", textContent: url }),
  ],
  edits: [{ action: "edit", symbol: "edit", label: "edit", run: edit }],
})

export async function insertEmbed(editor) {
  const attrs = await edit(editor.storage.desk, () => ({ url: "", title: "" }))
  if (attrs) insertBlock(editor, "EmbedBlock", attrs)
  else editor.commands.focus()
}

async function edit({ addresses, library, words }, attrs) {
  const { url, title } = attrs()
  let known = null
  const values = await askWords({
    title: words.editEmbed,
    words,
    fields: [
      { name: "url", label: words.embedAddress, help: words.embedAddressHelp, value: url, placeholder: "https://" },
      { name: "title", label: words.embedTitle, help: words.embedTitleHelp, value: title },
    ],
    async check(typed) {
      try {
        [known] = (await ask(addresses.embeds, { url: typed.url })).embeds
        return known.problem ? { url: known.problem } : null
      } catch {
        return { url: words.unreachable }
      }
    },
  })
  if (!values) return null
  library.put("embed", known.url, known)
  return { url: known.url, title: values.title }
}
