// What the blocks of a body refer to, fetched by id or address: one request a kind for all that is asked at once.

import { ask } from "newsroom/desk"

export const LOADING = Symbol("loading")
export const UNREACHABLE = Symbol("unreachable")

/** kind -> address, the question's parameter, and how the answer names each thing. */
function kinds(addresses) {
  return {
    picture: {
      address: addresses.pictures,
      parameters: (keys) => ({ ids: keys.join() }),
      read: ({ pictures }) => pictures.map((picture) => [String(picture.id), picture]),
    },
    story: {
      address: addresses.stories,
      parameters: (keys) => ({ ids: keys.join() }),
      read: ({ stories }) => stories.map((story) => [String(story.id), story]),
    },
    recording: {
      address: addresses.recordings,
      parameters: (keys) => ({ ids: keys.join() }),
      read: ({ recordings }) => recordings.map((recording) => [String(recording.id), recording]),
    },
    embed: {
      address: addresses.embeds,
      parameters: (keys) => ({ url: keys }),
      read: ({ embeds }) => embeds.map((embed) => [embed.typed, embed.provider ? embed : null]),
    },
  }
}

const MOST_AT_ONCE = 40

export class Library extends EventTarget {
  /** Fires "change" when something that was asked for has come, or has not. */
  constructor(addresses) {
    super()
    this.kinds = kinds(addresses)
    const names = Object.keys(this.kinds)
    this.shelves = Object.fromEntries(names.map((name) => [name, new Map()]))
    this.wanted = Object.fromEntries(names.map((name) => [name, new Set()]))
  }

  /** The thing, null when it is gone, LOADING, or UNREACHABLE. */
  get(kind, key) {
    const name = String(key)
    const shelf = this.shelves[kind]
    if (!shelf.has(name)) {
      shelf.set(name, LOADING)
      if (!this.wanted[kind].size) queueMicrotask(() => this.fetch(kind))
      this.wanted[kind].add(name)
    }
    return shelf.get(name)
  }

  put(kind, key, thing) {
    this.shelves[kind].set(String(key), thing)
    this.dispatchEvent(new Event("change"))
  }

  /** Resolves to the thing as the desk has it now, or null. */
  async refresh(kind, key) {
    const { address, parameters, read } = this.kinds[kind]
    const thing = new Map(read(await ask(address, parameters([key])))).get(String(key)) ?? null
    this.put(kind, key, thing)
    return thing
  }

  /** Ask again for all that could not be had. */
  retry() {
    for (const shelf of Object.values(this.shelves)) {
      for (const [key, thing] of shelf) if (thing === UNREACHABLE) shelf.delete(key)
    }
    this.dispatchEvent(new Event("change"))
  }

  async fetch(kind) {
    const keys = [...this.wanted[kind]]
    this.wanted[kind].clear()
    const { address, parameters, read } = this.kinds[kind]
    const shelf = this.shelves[kind]
    for (let start = 0; start < keys.length; start += MOST_AT_ONCE) {
      const some = keys.slice(start, start + MOST_AT_ONCE)
      try {
        const found = new Map(read(await ask(address, parameters(some))))
        for (const key of some) shelf.set(key, found.get(key) ?? null)
      } catch {
        for (const key of some) shelf.set(key, UNREACHABLE)
      }
    }
    this.dispatchEvent(new Event("change"))
  }
}
