// Links: the editor's mark with our dialog.

import { Link as ProseLink } from "django-prose-editor/editor"
import { askWords } from "newsroom/dialog"

const LINKABLE = /^(https?:\/\/[^\s/]+\S*|\/\S*|mailto:\S+@\S+|tel:[+\d()\s-]+)$/i

export const Link = ProseLink.extend({
  addOptions() {
    return { ...this.parent?.(), defaultProtocol: "https" }
  },
  addKeyboardShortcuts: () => ({
    "Mod-k": ({ editor }) => {
      editLink(editor)
      return true
    },
  }),
})

/** `typed` as the address to store: what was left out is put before it. */
function complete(typed) {
  if (/^[^\s@/]+@[^\s@/]+\.\w+$/.test(typed)) return `mailto:${typed}`
  if (/^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(typed)) return `https://${typed}`
  return typed
}

/** Link the selection, change the link at the cursor, or write a new link where nothing is selected. */
export async function editLink(editor) {
  const { words } = editor.storage.desk
  const isLink = editor.isActive("link")
  const writesText = editor.state.selection.empty && !isLink
  const address = {
    name: "href",
    label: words.linkAddress,
    help: words.linkAddressHelp,
    placeholder: "https://",
    value: editor.getAttributes("link").href ?? "",
  }
  const values = await askWords({
    title: words.link,
    words,
    fields: writesText ? [address, { name: "text", label: words.linkText }] : [address],
    check: ({ href }) =>
      LINKABLE.test(complete(href)) || (isLink && !href) ? null : { href: words.linkRefused },
  })
  if (!values) return editor.commands.focus()
  const href = complete(values.href)
  if (!href) return removeLink(editor)
  if (writesText) {
    const text = values.text || values.href
    const linked = { type: "text", text, marks: [{ type: "link", attrs: { href } }] }
    return editor.chain().focus().insertContent(linked).unsetMark("link").run()
  }
  return editor.chain().focus().extendMarkRange("link").setLink({ href }).run()
}

export function removeLink(editor) {
  return editor.chain().focus().extendMarkRange("link").unsetLink().run()
}
