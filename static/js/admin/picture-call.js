/* Talking to the picture library: uploads with progress, and answers that may be a sign-in page instead. */

const PATIENCE = 10 * 60_000 // milliseconds for one picture: 40 MB over a slow line

/* POST `body`. Resolves to the server's JSON, or to { failure: "offline" | "signed-out" | "refused" }.
   fetch cannot tell how far an upload is; `onProgress` gets a share of 1 and is called with 1 when all is sent. */
export function send(url, body, { csrfToken, onProgress = () => {}, signal }) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open("POST", url)
    request.setRequestHeader("X-CSRFToken", csrfToken)
    request.setRequestHeader("Accept", "application/json")
    request.responseType = "json"
    request.timeout = PATIENCE
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.upload.addEventListener("load", () => onProgress(1))
    request.addEventListener("load", () => {
      const isAnswer = [200, 201, 400, 409, 507].includes(request.status) && request.response
      resolve(isAnswer ? request.response : { failure: failureOf(request) })
    })
    for (const type of ["error", "timeout", "abort"]) {
      request.addEventListener(type, () => resolve({ failure: "offline" }))
    }
    signal?.addEventListener("abort", () => request.abort())
    request.send(body)
  })
}

/* A sign-in that ended leads to the sign-in page, and a new sign-in makes the token of an old page invalid. */
function failureOf({ status, responseURL }) {
  if (status === 403 || /\/login\//.test(responseURL)) return "signed-out"
  if ([502, 503, 504].includes(status)) return "offline" // the proxy has nobody to ask, as while the desk restarts
  return status === 413 ? "too-heavy" : "refused"
}

/* The sign-in page is no JSON: null then. */
export async function readJson(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json")
  return isJson ? response.json() : null
}
