// Reads a page aloud with a voice of this device, a sentence at a time; without such a voice nothing is offered.
const box = document.querySelector("[data-listen]"), engine = window.speechSynthesis, language = box.dataset.listen;
const [play, stop, speed] = ["play", "stop", "speed"].map((mark) => box.querySelector(`[data-${mark}]`));
const label = play.querySelector("span"), first = label.textContent;
const BLOCKS = ".leaf h1, .leaf .core p, .leaf-text :is(h2, h3, p, li)";
let sentences = null, at = 0, saying = null;

// Only voices that work without a network: no word of a page leaves the device.
function voice() {
  const speaks = (one) => one.lang.toLowerCase().split(/[-_]/)[0] === language;
  return engine?.getVoices().find((one) => one.localService && speaks(one));
}

// The sentences of a text; all of it where the browser knows none.
function cut(text) {
  if (!window.Intl?.Segmenter) return [{ index: 0, segment: text }];
  return new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
}

// The places in a block between which a sentence stands.
function range(block, from, to) {
  const made = document.createRange(), walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (from >= 0 && from < node.length) made.setStart(node, from);
    if (to > 0 && to <= node.length) made.setEnd(node, to);
    from -= node.length;
    to -= node.length;
  }
  return made;
}

function found() {
  const all = [];
  for (const block of document.querySelectorAll(BLOCKS)) {
    if (block.closest(".asked, .no-print, noscript") || block.querySelector("p, li")) continue;
    for (const { index, segment } of cut(block.textContent)) {
      const words = segment.replace(/\s+/g, " ").trim();
      if (words) all.push({ words, block, range: range(block, index, index + segment.length) });
    }
  }
  return all;
}

function mark(one) {
  const marks = CSS.highlights;
  document.querySelector(".is-read")?.classList.remove("is-read");
  marks?.delete("read");
  if (!one) return;
  if (marks) marks.set("read", new Highlight(one.range));
  else one.block.classList.add("is-read");
  one.block.scrollIntoView({ block: "nearest" });
}

function show() {
  label.textContent = saying ? play.dataset.pause : at ? play.dataset.again : first;
  stop.hidden = !saying && !at;
}

function say() {
  const one = sentences[at];
  if (!one) return end();
  const said = new SpeechSynthesisUtterance(one.words);
  Object.assign(said, { voice: voice(), lang: language, rate: Number(speed.value) });
  said.onend = () => { if (said === saying) { at += 1; say(); } };
  said.onerror = () => { if (said === saying) pause(); };
  saying = said;
  mark(one);
  show();
  engine.speak(said);
}

// Several phones cannot pause a voice: it stops, and begins this sentence again.
function pause() { saying = null; engine.cancel(); show(); }
function end() { at = 0; pause(); mark(null); }
function begin() { sentences ??= found(); engine.cancel(); say(); }
function offer() { box.hidden = !voice(); }

play.addEventListener("click", () => (saying ? pause() : begin()));
stop.addEventListener("click", () => { end(); play.focus(); });
speed.addEventListener("change", () => { if (saying) begin(); });
addEventListener("pagehide", () => engine?.cancel());
engine?.addEventListener?.("voiceschanged", offer);
offer();
