// The copy of what is typed, in the browser's own storage, until the server has confirmed it.
//
// One entry for each opening of a form: newsroom:<person>:<story or "new">:<tab>.

const DAYS = 30
const PREFIX = "newsroom:"

export class BrowserCopy {
  constructor({ person, story, tab }) {
    Object.assign(this, { person, tab })
    this.key = keyOf(person, story, tab)
    // Another page of this browser can see that this one is alive, and leaves its copy alone.
    navigator.locks?.request(this.key.split(":").at(-1), () => new Promise(() => {})).catch(() => {})
  }

  /** Keep `words`; false where the browser has no room or lends none. */
  write(words, version, submitted = false) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), version, submitted, words }))
      return true
    } catch {
      return false
    }
  }

  remove() {
    drop(this.key)
  }

  /** A new story has become one with a number. */
  rename(story) {
    this.remove()
    this.key = keyOf(this.person, story, this.tab)
  }
}

const keyOf = (person, story, tab) => `${PREFIX}${person}:${story ?? "new"}:${tab}`

export function drop(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // a browser that lends no storage holds no copy either
  }
}

/**
 * The copies that other, closed openings of this story's form left, newest first: {key, at, version, words, tab}.
 * Those that are too old, or whose save went through after all (`writtenByTabs`), are dropped on the way.
 */
export async function leftCopies({ person, story, tab, writtenByTabs }) {
  const alive = await openTabs()
  const copies = []
  for (const [key, text] of entries()) {
    const [, owner, about, of] = key.split(":")
    const copy = parse(text)
    if (!copy || Date.now() - copy.at > DAYS * 86_400_000) drop(key)
    else if (owner !== String(person) || of === tab || alive.has(of)) continue
    else if (copy.submitted && writtenByTabs[of] > copy.version) drop(key)
    else if (about === String(story ?? "new")) copies.push({ ...copy, key, tab: of })
  }
  return copies.sort((one, other) => other.at - one.at)
}

function entries() {
  try {
    return Object.entries(localStorage).filter(([key]) => key.startsWith(PREFIX))
  } catch {
    return []
  }
}

function parse(text) {
  try {
    const copy = JSON.parse(text)
    return copy.words?.fields && copy.words.bylines ? copy : null
  } catch {
    return null
  }
}

async function openTabs() {
  const locks = await navigator.locks?.query().catch(() => null)
  return new Set(locks?.held.map((lock) => lock.name) ?? [])
}
