// Turns "Show more" links into appending in place. Without this module they lead to the next page.
// A list: <div data-stream><ol>…</ol><p role="status" data-said="…"></p><p><a data-show-more href="…">…</a></p></div>

const addresses = (root) => [...root.querySelectorAll("h2 a, h3 a, .related a")].map((a) => a.href);

async function append(link) {
  const stream = link.closest("[data-stream]");
  const list = stream.querySelector("ol");
  const status = stream.querySelector("[role=status]");
  stream.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.querySelector("[data-stream]");

  // A story that stands on this page already, or is this page, does not come a second time.
  const known = new Set([...addresses(document), location.href.split(/[?#]/)[0]]);
  const items = [...next.querySelector("ol").children].filter((item) => !known.has(item.querySelector("h3 a").href));
  list.append(...items.map((item) => document.adoptNode(item)));

  const more = next.querySelector("[data-show-more]");
  if (more) link.href = new URL(more.getAttribute("href"), answer.url).href;
  else link.parentElement.remove();
  status.textContent = status.dataset.said.replace("{count}", items.length);
  stream.removeAttribute("aria-busy");
  if (items.length) items[0].querySelector("h3 a").focus();
  else if (more) await append(link);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-show-more]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.closest("[aria-busy]")) return;
  append(link).catch(() => location.assign(link.href));
});
