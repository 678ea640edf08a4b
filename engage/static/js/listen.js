// Reads a page aloud with a voice of this device, a sentence at a time; without such a voice nothing is offered.
(function () {
  var box = document.querySelector("[data-listen]"), engine = window.speechSynthesis;
  if (!box || !engine || !window.SpeechSynthesisUtterance) { return; }
  var language = box.dataset.listen, play = box.querySelector("[data-play]"), stop = box.querySelector("[data-stop]");
  var speed = box.querySelector("[data-speed]"), label = play.querySelector("span"), first = label.textContent;
  var BLOCKS = ".leaf h1, .leaf .core p, .leaf-text :is(h2, h3, p, li)";
  var sentences = null, at = 0, isReading = false, turn = 0;

  // Only voices that work without a network: no word of a page leaves the device.
  function voice() {
    return engine.getVoices().find(function (one) {
      return one.localService && one.lang.toLowerCase().replace("_", "-").split("-")[0] === language;
    });
  }

  function cut(text) {
    if (window.Intl && Intl.Segmenter) {
      return Array.from(new Intl.Segmenter(language, { granularity: "sentence" }).segment(text), function (one) {
        return { from: one.index, to: one.index + one.segment.length };
      });
    }
    return [{ from: 0, to: text.length }];
  }

  // The places in the page between which a sentence stands.
  function range(nodes, from, to) {
    var made = document.createRange(), passed = 0;
    nodes.forEach(function (node) {
      var end = passed + node.length;
      if (from >= passed && from < end) { made.setStart(node, from - passed); }
      if (to > passed && to <= end) { made.setEnd(node, to - passed); }
      passed = end;
    });
    return made;
  }

  function found() {
    var all = [];
    document.querySelectorAll(BLOCKS).forEach(function (block) {
      if (block.closest(".asked, .no-print, noscript") || block.querySelector("p, li")) { return; }
      var nodes = [], walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) { nodes.push(walker.currentNode); }
      var text = nodes.map(function (node) { return node.data; }).join("");
      cut(text).forEach(function (part) {
        var words = text.slice(part.from, part.to).replace(/\s+/g, " ").trim();
        if (words) { all.push({ words: words, block: block, range: range(nodes, part.from, part.to) }); }
      });
    });
    return all;
  }

  function mark(one) {
    document.querySelectorAll(".is-read").forEach(function (block) { block.classList.remove("is-read"); });
    if (window.CSS && CSS.highlights) {
      CSS.highlights.delete("read");
      if (one) { CSS.highlights.set("read", new Highlight(one.range)); }
    } else if (one) { one.block.classList.add("is-read"); }
    if (one) { one.block.scrollIntoView({ block: "nearest" }); }
  }

  function show() {
    label.textContent = isReading ? play.dataset.pause : at ? play.dataset.again : first;
    stop.hidden = !isReading && !at;
  }

  function say() {
    var one = sentences[at], mine = ++turn;
    if (!one) { end(); return; }
    var said = new SpeechSynthesisUtterance(one.words);
    said.voice = voice();
    said.lang = language;
    said.rate = Number(speed.value);
    said.onend = function () { if (mine === turn && isReading) { at += 1; say(); } };
    said.onerror = function () { if (mine === turn && isReading) { pause(); } };
    mark(one);
    engine.speak(said);
  }

  // Several phones cannot pause a voice: it stops, and begins this sentence again.
  function pause() { isReading = false; turn += 1; engine.cancel(); show(); }
  function end() { pause(); at = 0; mark(null); show(); }
  function begin() { sentences = sentences || found(); isReading = true; show(); engine.cancel(); say(); }

  play.addEventListener("click", function () { if (isReading) { pause(); } else { begin(); } });
  stop.addEventListener("click", function () { end(); play.focus(); });
  speed.addEventListener("change", function () { if (isReading) { engine.cancel(); say(); } });
  addEventListener("pagehide", function () { engine.cancel(); });
  function offer() { box.hidden = !voice(); }
  offer();
  if (engine.addEventListener) { engine.addEventListener("voiceschanged", offer); }
})();
