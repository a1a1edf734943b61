// The search of the site: capitals, accents and ligatures tell nothing apart, and each hit is shown in its sentence.
// Pages stand in PAGES (pages.js); the words that are asked stand in the address (search.html?q=…).
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[œŒ]/g, "oe").replace(/[æÆ]/g, "ae").replace(/[’ʼ]/g, "'").toLowerCase();
  const results = document.getElementById("search-results");
  const asked = new URLSearchParams(location.search).get("q") || "";
  const words = fold(asked).split(/\s+/).filter(Boolean);
  const box = document.querySelector("input[name=q]");
  if (box) box.value = asked;
  if (!results || !words.length) return;
  const add = (parent, name, text) => {
    const element = parent.appendChild(document.createElement(name));
    element.textContent = text;
    return element;
  };
  // Folding may lengthen a text: the place of a hit is looked for sign by sign.
  const excerpt = (text, word) => {
    let at = 0, length = 0;
    const place = fold(text).indexOf(word);
    while (at < text.length && length < place) length += fold(text[at++]).length;
    const first = Math.max(at - 80, 0), last = Math.min(at + 120, text.length);
    return (first ? "… " : "") + text.slice(first, last).trim() + (last < text.length ? " …" : "");
  };
  const hits = [];
  for (const [page, anchor, title, text] of window.PAGES) {
    const folded = fold(title + " " + text);
    if (!words.every((word) => folded.includes(word))) continue;
    const count = folded.split(words[0]).length - 1 + (fold(title).includes(words[0]) ? 100 : 0);
    hits.push({ page, anchor, title, text, count });
  }
  hits.sort((a, b) => b.count - a.count);
  add(results, "p", hits.length ? `${hits.length} section${hits.length > 1 ? "s" : ""} with “${asked}”` : `Nothing was found for “${asked}”.`);
  const list = add(results, "ul", "");
  for (const hit of hits) {
    const item = add(list, "li", "");
    add(item, "a", hit.title).href = `${hit.page}.html#${hit.anchor}`;
    add(item, "p", fold(hit.text).includes(words[0]) ? excerpt(hit.text, words[0]) : "");
  }
})();
