// Searches a site of plain files. The words lie in files by their first two letters, the stories in files by number;
// each file is a script that hands over what it has, because a page on a memory stick may load scripts and nothing else.

(() => {
  const MOST = 60;
  const UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff";
  const PLAIN = { ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", æ: "ae", œ: "oe", þ: "th", ґ: "г" };
  const HEADLINE = 1;

  const files = new Map();
  const waiting = new Map();

  window.newsroomSearch = (name, what) => waiting.get(name)(what);

  // What the file has, or undefined when there is none: no word begins so.
  function load(name) {
    if (!files.has(name)) {
      files.set(name, new Promise((done) => {
        waiting.set(name, done);
        const script = document.createElement("script");
        script.src = `${name}.js`;
        script.onerror = () => done(undefined);
        document.head.append(script);
      }));
    }
    return files.get(name);
  }

  // As images/search_words.py folds and cuts.
  function wordsOf(text) {
    const plain = text.toLowerCase().replace(/(?<=[\u0400-\u052f])['’‘ʼʻ`´](?=[\u0400-\u052f])/g, "")
      .normalize("NFKD").replace(/[\p{M}\u00ad\u200b]/gu, "").replace(/./gu, (sign) => PLAIN[sign] ?? sign);
    const found = [];
    for (const [run] of plain.matchAll(new RegExp(`[${UNSPACED}]+|[\\p{L}\\p{N}]+`, "gu"))) {
      if (!new RegExp(`[${UNSPACED}]`).test(run)) found.push(run);
      else if (run.length === 1) found.push(run);
      else for (let n = 0; n < run.length - 1; n++) found.push(run.slice(n, n + 2));
    }
    return [...new Set(found)].slice(0, 8);
  }

  const fileOf = (word) => `words/${[...word].slice(0, 2).map((sign) => sign.codePointAt(0).toString(16)).join("-")}`;

  // The numbers of the stories with a word that begins so, and whether their headline has it.
  async function having(word) {
    const words = (await load(fileOf(word))) ?? {};
    const found = new Map();
    for (const [known, places] of Object.entries(words)) {
      if (known !== word && (word.length < 2 || !known.startsWith(word))) continue;
      for (const place of places) found.set(place >> 1, found.get(place >> 1) || place & HEADLINE);
    }
    return found;
  }

  async function search(text, per) {
    const sets = await Promise.all(wordsOf(text).map(having));
    if (!sets.length) return [];
    const all = [...sets[0].keys()].filter((number) => sets.every((set) => set.has(number)));
    const inHeadline = (number) => sets.every((set) => set.get(number));
    const parts = [all.filter(inHeadline), all.filter((number) => !inHeadline(number))];
    return parts.flatMap((numbers) => numbers.sort((a, b) => b - a)).map((number) => [number, Math.floor(number / per)]);
  }

  async function show(text) {
    const section = document.querySelector("[data-found]");
    const list = section.querySelector("ol");
    const item = section.querySelector("template").content;
    const status = section.querySelector("[role=status]");
    const { per } = await load("about") ?? {};
    const found = per ? await search(text, per) : [];
    for (const [number, file] of found.slice(0, MOST)) {
      const [address, headline, day, excerpt, kicker] = (await load(`stories/${file}`))[number];
      const one = item.cloneNode(true);
      one.querySelector("a").href = address;
      one.querySelector("a").textContent = headline;
      one.querySelector(".feed-item__time").textContent = day;
      one.querySelector(".feed-item__excerpt").textContent = excerpt;
      one.querySelector(".kicker span").textContent = kicker;
      list.append(one);
    }
    const words = section.dataset;
    status.textContent = !per ? words.trouble : found.length ? words.some.replace("{count}", found.length) : words.nothing;
    if (found.length > MOST) status.textContent += ` ${words.more}`;
    section.hidden = false;
  }

  const asked = new URLSearchParams(location.search).get("q")?.trim();
  if (!asked) return;
  document.getElementById("words").value = asked;
  show(asked);
})();
