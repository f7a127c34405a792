// What the readers' pages do with script, in one file, because each request costs a reader on a slow line more than
// these few lines do. Every page has the same words and ways without it.
//   1 lists   2 show more   3 new stories   4 share

// --- 1 Lists: <div data-stream><ol>…</ol><p role="status" data-said="…"></p><p><a data-show-more href="…">…</a></p></div>

const headlinesOf = (root) => [...root.querySelectorAll("h2 a, h3 a, .related a")].map((a) => a.href);
const headlineOf = (item) => item.querySelector("h3 a");

// A story that stands on this page already, or is this page, does not come a second time.
const isKnown = () => {
  const known = new Set([...headlinesOf(document), location.href.split(/[?#]/)[0]]);
  return (item) => known.has(headlineOf(item).href);
};

async function streamAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // Links and pictures of a parsed page count from this one; those of a list are paths, except the way to its next page.
  const more = page.querySelector("[data-show-more]");
  if (more) more.href = new URL(more.getAttribute("href"), answer.url).href;
  return page.querySelector("[data-stream]");
}

function announce(stream, items) {
  const status = stream.querySelector("[data-said]");
  status.textContent = status.dataset.said.replace("{count}", items.length);
  if (items.length) headlineOf(items[0]).focus();
}

// --- 2 Show more: the link to the next page appends it in place

async function append(link) {
  const stream = link.closest("[data-stream]");
  stream.setAttribute("aria-busy", "true");
  const next = await streamAt(link.href);
  const known = isKnown();
  const items = [...next.querySelector("ol").children].filter((item) => !known(item));
  stream.querySelector("ol").append(...items);

  const more = next.querySelector("[data-show-more]");
  if (more) link.href = more.href;
  else link.parentElement.remove();
  stream.removeAttribute("aria-busy");
  announce(stream, items);
  if (!items.length && more) await append(link);
}

// --- 3 New stories: <div data-stream data-newest="cursor" data-asks="address"><p><a hidden data-new href="…"></a></p><ol>…
//     An open page of the News Feed asks once a minute what came since; the answer is nearly always 304. It asks nothing
//     while nobody looks, without a line, or where a reader saves data.

const MINUTE = 60_000;
const LONGEST = 16 * MINUTE;

const place = (cursor) => cursor.split("-").map(Number);
const isAfter = ([moment, story], [other, otherStory]) => moment - other || story - otherStory;

function watch(stream) {
  const link = stream.querySelector("[data-new]");
  const status = stream.querySelector("[data-said]");
  let wait = MINUTE;
  let asked = Date.now();

  async function ask() {
    if (document.hidden || !navigator.onLine || Date.now() - asked < wait) return;
    asked = Date.now();
    try {
      const answer = await fetch(stream.dataset.asks);
      if (!answer.ok) throw new Error(answer.status);
      wait = MINUTE;
      const mine = place(stream.dataset.newest);
      const newer = (await answer.json()).filter(({ cursor }) => isAfter(place(cursor), mine) > 0);
      const words = newer.length ? newer.at(-1).words : "";
      if (link.textContent !== words) link.textContent = status.textContent = words;
      link.hidden = !words;
      if (words) link.dataset.cursor = newer[0].cursor;
    } catch {
      wait = Math.min(2 * wait, LONGEST);
    }
  }
  setInterval(ask, MINUTE / 4);
  document.addEventListener("visibilitychange", ask);
  addEventListener("online", ask);
}

async function prepend(link) {
  const stream = link.closest("[data-stream]");
  const fresh = await streamAt(link.href);
  const all = [...fresh.querySelector("ol").children];
  const first = all.findIndex(isKnown());
  if (first < 0) throw new Error("more came than a page holds");
  const items = all.slice(0, first);
  stream.querySelector("ol").prepend(...items);
  stream.dataset.newest = link.dataset.cursor;
  link.hidden = true;
  link.textContent = "";
  announce(stream, items);
}

for (const stream of document.querySelectorAll("[data-newest]")) if (!navigator.connection?.saveData) watch(stream);

const IN_PLACE = { "a[data-show-more]": append, "a[data-new]": prepend };

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  for (const [selector, act] of Object.entries(IN_PLACE)) {
    const link = event.target.closest(selector);
    if (!link) continue;
    event.preventDefault();
    if (!link.closest("[aria-busy]")) act(link).catch(() => location.assign(link.href));
  }
});

// --- 4 Share: <p class="share" data-address="…" data-title="…"><button data-share hidden>…<button data-copy hidden>…<span aria-live="polite" data-done="…">
//     The buttons show where the browser can do what they say. Nothing of another site is asked.

for (const row of document.querySelectorAll(".share")) {
  const { address, title } = row.dataset;
  const status = row.querySelector("[data-done]");
  const can = {
    "[data-share]": navigator.share && (() => navigator.share({ title, url: address }).catch(() => {})),
    "[data-copy]":
      navigator.clipboard &&
      (async () => {
        status.textContent = "";
        await navigator.clipboard.writeText(address).then(
          () => (status.textContent = status.dataset.done),
          () => (status.textContent = address),
        );
      }),
  };
  for (const [selector, act] of Object.entries(can)) {
    if (!act) continue;
    const button = row.querySelector(selector);
    button.hidden = false;
    button.addEventListener("click", act);
  }
}
