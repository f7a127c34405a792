// Posting to the desk from an open form, through lost networks and sign-ins that ended.
//
// What comes back is {kind, data}: "ok", "offline", "noDatabase", "noDisk", "signedOut", "otherPerson", "forbidden",
// "deleted", "conflict", "taken" or "refused" (with `status`).

const PATIENCE = 20_000 // milliseconds
/** Answers that are pages for people: newsroom/failures.py writes the later two. */
const PAGES = { 404: "deleted", 503: "noDatabase", 507: "noDisk" }

export class Desk {
  constructor(form, config) {
    Object.assign(this, { form, config })
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value
  }

  set token(token) {
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token
  }

  /**
   * POST `body`. A token that a new sign-in has replaced is fetched anew, once.
   * What the page asks `inBackground` is nobody's work and keeps no session alive (newsroom/middleware.py); what is
   * sent with `keepalive` arrives although the page goes away.
   */
  async post(address, body, { inBackground = false, keepalive = false, again = true } = {}) {
    body.delete("csrfmiddlewaretoken")
    body.set("person", this.config.person)
    let response
    try {
      response = await fetch(address, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": this.token, ...headers(inBackground) },
        redirect: "manual",
        keepalive,
        signal: AbortSignal.timeout(PATIENCE),
      })
    } catch {
      return { kind: "offline" }
    }
    if (response.type === "opaqueredirect") return { kind: "signedOut" }
    if (response.status === 403) {
      const kind = await this.whyForbidden(inBackground)
      if (kind === "retry" && again) return this.post(address, body, { inBackground, again: false })
      return { kind: kind === "retry" ? "forbidden" : kind }
    }
    return answered(response)
  }

  /** Ask who is signed in now, and take over the token: "retry", or what stands in the way. */
  async whyForbidden(inBackground) {
    try {
      const response = await fetch(this.config.token, { redirect: "manual", headers: headers(inBackground) })
      if (response.type === "opaqueredirect") return "signedOut"
      const { token, person } = await response.json()
      if (person !== this.config.person) return "otherPerson"
      this.token = token
      return "retry"
    } catch {
      return "offline"
    }
  }
}

const headers = (inBackground) => ({ Accept: "application/json", ...(inBackground && { "X-Background": "1" }) })

async function answered(response) {
  const { status } = response
  let data = null
  try {
    data = await response.json()
  } catch {
    return { kind: PAGES[status] ?? "refused", status, data: { status } }
  }
  if (response.ok) return { kind: "ok", data }
  if (status === 409) return { kind: "person" in data ? "otherPerson" : data.taken ? "taken" : "conflict", data }
  return { kind: status === 404 ? "deleted" : "refused", status, data: { status } }
}
