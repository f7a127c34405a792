// A card of another story in the text. It shows what that story says now; nothing of it is stored here.

import { insertBlock, referenceBlock } from "newsroom/editor/blocks"
import { pickStory, storyCard } from "newsroom/story-picker"

export const RelatedCardBlock = referenceBlock({
  name: "RelatedCardBlock",
  kind: "related-card",
  tag: "div",
  attributes: ["id"],
  label: "storyCard",
  gone: "storyGone",
  find: (library, { id }) => library.get("story", id),
  draw: (_attrs, story) => [storyCard(story)],
  edits: [{ action: "edit", symbol: "edit", label: "change", run: choose }],
})

export async function insertRelatedCard(editor) {
  const attrs = await choose(editor.storage.desk)
  if (attrs) insertBlock(editor, "RelatedCardBlock", attrs)
  else editor.commands.focus()
}

async function choose(desk) {
  const story = await pickStory({ baseUrl: desk.addresses.stories, exclude: [desk.ownId], words: desk.words })
  if (!story) return null
  desk.library.put("story", story.id, story)
  return { id: String(story.id) }
}
