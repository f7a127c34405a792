// Who is at the other end: the address of the page, its token, and why an answer did not come.

import { send } from "newsroom/picture-call"

export class Desk {
  constructor(root) {
    this.person = root.dataset.person
    this.address = root.querySelector("[data-choose]").action
  }

  get token() {
    return document.querySelector("[name=csrfmiddlewaretoken]").value
  }

  set token(token) {
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token
  }

  /** POST `body`: the desk's JSON, or { failure } as `send` says it. */
  send(address, body, onProgress) {
    return send(address, body, { csrfToken: this.token, onProgress })
  }

  /** As `send`, once more with a new token when that was all that was wrong. Failures are those of `ask` or "failed". */
  async sendWords(address, body) {
    let answer = await this.send(address, body)
    if (!answer.failure) return answer
    const why = await this.ask()
    if (why === "ok") answer = await this.send(address, body)
    return answer.failure ? { failure: why === "ok" ? "failed" : why } : answer
  }

  /**
   * Look at the page as it is for this browser now, and take over its token (a new sign-in makes another):
   * "ok", "offline", "signedOut", "forbidden" or "otherPerson".
   */
  async ask() {
    let response
    try {
      response = await fetch(this.address, { redirect: "manual" })
    } catch {
      return "offline"
    }
    if (response.type === "opaqueredirect") return "signedOut"
    if (response.status === 403) return "forbidden"
    if (!response.ok) return "offline"
    const page = new DOMParser().parseFromString(await response.text(), "text/html")
    const root = page.querySelector("[data-upload]")
    if (root?.dataset.person !== this.person) return "otherPerson"
    this.token = page.querySelector("[name=csrfmiddlewaretoken]").value
    return "ok"
  }
}
