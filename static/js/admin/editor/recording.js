// Sound and film of ours in the text: a recording of the library, with a caption for this story.

import { el } from "newsroom/desk"
import { askWords } from "newsroom/dialog"
import { insertBlock, referenceBlock } from "newsroom/editor/blocks"
import { pickStory } from "newsroom/story-picker"

export const RecordingBlock = referenceBlock({
  name: "RecordingBlock",
  kind: "recording",
  tag: "div",
  attributes: ["id", "caption"],
  label: "recording",
  gone: "recordingGone",
  find: (library, { id }) => library.get("recording", id),
  draw: (attrs, recording, words) =>
    [
      card(recording),
      el("p", { className: "block__caption", textContent: attrs.caption || recording.caption }),
      !recording.transcript && el("p", { className: "block__problems", textContent: words.transcriptMissing }),
      !recording.credit && el("p", { className: "block__problems", textContent: words.creditMissing }),
    ].filter(Boolean),
  edits: [
    { action: "edit", symbol: "edit", label: "edit", run: editCaption },
    { action: "change", symbol: "mic", label: "change", run: choose },
  ],
})

const card = ({ title, kind, length, credit }) =>
  el(
    "span",
    { className: "story-card__words" },
    el("span", { className: "story-card__kicker", textContent: `${kind}, ${length}` }),
    el("strong", { className: "story-card__headline", textContent: title }),
    el("span", { className: "story-card__kicker", textContent: credit }),
  )

export async function insertRecording(editor) {
  const attrs = await choose(editor.storage.desk)
  if (attrs) insertBlock(editor, "RecordingBlock", attrs)
  else editor.commands.focus()
}

async function choose({ addresses, library, words }) {
  const recording = await pickStory({
    baseUrl: addresses.recordings,
    name: "recordings",
    card,
    words: {
      ...words,
      chooseStory: words.chooseRecording,
      searchStories: words.searchRecordings,
      noStories: words.noRecordings,
    },
    below: el(
      "p",
      { className: "story-picker__status" },
      el("a", { href: addresses.newRecording, target: "_blank", textContent: words.newRecording }),
    ),
  })
  if (!recording) return null
  library.put("recording", recording.id, recording)
  return { id: String(recording.id) }
}

function editCaption({ words }, attrs) {
  const field = { name: "caption", label: words.recordingCaption, help: words.captionHelp, kind: "text", value: attrs().caption }
  return askWords({ title: words.recordingCaption, words, fields: [field] })
}
