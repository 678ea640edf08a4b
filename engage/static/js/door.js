// The door of a date: what is noted shows at once, is kept on this telephone, and is sent when there is a network.
// Kept under "door <code>": the list as the server last told it, and what it has not heard of yet. It is sealed:
// the key is a cookie that the browser itself drops when the pass ends, whether or not anybody opens the page.
(function () {
  var page = document.querySelector("[data-door]");
  var gone = document.querySelector("[data-gone]");
  var subtle = window.crypto && crypto.subtle, secret = (/(?:^|; )door_list=([0-9a-f]{64})/.exec(document.cookie) || [])[1];
  var isSealed = Boolean(subtle && secret);
  // Without a seal, for as long as this tab is open.
  var store = isSealed ? window.localStorage : window.sessionStorage;
  var EVERY = 20000, AT_ONCE = 100;

  function wipe(code) {
    window.localStorage.removeItem("door " + code);
    window.sessionStorage.removeItem("door " + code);
    var cleared = window.caches ? caches.delete("door " + code) : Promise.resolve();
    var others = Object.keys(localStorage).some(function (name) { return name.indexOf("door ") === 0; });
    if (others || !navigator.serviceWorker) return cleared;
    return cleared.then(function () { return navigator.serviceWorker.getRegistration("/accueil/"); })
      .then(function (worker) { return worker && worker.unregister(); });
  }
  Object.keys(localStorage).forEach(function (name) {
    if (name.indexOf("door ") === 0 && JSON.parse(localStorage.getItem(name)).ends < Date.now()) wipe(name.slice(5));
  });
  if (gone) wipe(location.pathname.split("/")[2]);
  if (!page) return;

  var code = page.dataset.door, name = "door " + code, ends = Number(page.dataset.ends);
  function find(mark, from) { return (from || page).querySelector("[data-" + mark + "]"); }
  var list = find("list"), rows = list.querySelector("ul"), search = page.querySelector("#q");
  var status = find("status"), refused = 0, isSending = false;

  var held = null, written = Promise.resolve(), opening = null;
  function hex(buffer) {
    return Array.from(new Uint8Array(buffer), function (byte) { return (byte + 256).toString(16).slice(1); }).join("");
  }
  function bytes(text) { return Uint8Array.from(text.match(/../g), function (two) { return parseInt(two, 16); }); }
  function opener() {
    opening = opening || subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
    return opening;
  }
  function unsealed(text) {
    var kept = JSON.parse(text);
    if (!kept || !isSealed) return Promise.resolve(kept);
    return opener().then(function (secretKey) {
      return subtle.decrypt({ name: "AES-GCM", iv: bytes(kept.iv) }, secretKey, bytes(kept.list));
    }).then(function (plain) { return JSON.parse(new TextDecoder().decode(plain)); }).catch(function () { return null; });
  }
  function load() { return held; }
  function keep(now) {
    held = now;
    if (!isSealed) return store.setItem(name, JSON.stringify(now));
    var iv = crypto.getRandomValues(new Uint8Array(12)), plain = new TextEncoder().encode(JSON.stringify(now));
    written = written.then(opener).then(function (secretKey) {
      return subtle.encrypt({ name: "AES-GCM", iv: iv }, secretKey, plain);
    }).then(function (list) {
      if (held) store.setItem(name, JSON.stringify({ ends: ends, iv: hex(iv), list: hex(list) }));
    });
  }
  function over() {
    held = null;
    var title = page.querySelector("h1"), words = find("over");
    if (words) {
      title.textContent = words.dataset.over;
      page.replaceChildren(title, words.content.cloneNode(true));
    }
    wipe(code);
  }
  function row(who) { return Array.from(rows.children).find(function (one) { return one.dataset.code === who; }); }

  // The list that came with the page, read from its rows.
  function read(one) {
    var heads = Array.from(one.querySelectorAll("option"), function (option) { return Number(option.value); });
    return {
      code: one.dataset.code, name: find("name", one).textContent, letters: find("letters", one).textContent,
      party: Number(one.querySelector("select").value) || 1, whole: Math.max.apply(null, heads.concat(1)),
      state: one.dataset.state
    };
  }
  function isHere(person) { return person.state === "attended" || person.state === "walk_in"; }

  // The list as it stands with what was noted here and is not sent yet.
  function seen(held) {
    var people = held.people.map(function (one) { return Object.assign({}, one); }), counted = held.counted;
    function who(said) { return people.find(function (one) { return one.code === said; }); }
    held.queue.forEach(function (entry) {
      var person = who(entry.who);
      if (entry.kind === "came" && person) {
        person.state = person.state === "waiting" || person.state === "walk_in" ? "walk_in" : "attended";
        person.party = entry.party || person.party;
      } else if (entry.kind === "undone" && person) {
        if (person.isOurs) people.splice(people.indexOf(person), 1);
        else person.state = "confirmed";
      } else if (entry.kind === "walk_in") {
        people.push({ code: entry.key, name: entry.name || page.dataset.nameless, letters: "", party: entry.party, whole: 1, state: "walk_in", isOurs: true });
      } else if (!entry.who) {
        counted += entry.kind === "count" ? entry.party : -entry.party;
      }
    });
    return { people: people, counted: Math.max(0, counted) };
  }

  function said(number) { return (number < 2 ? page.dataset.one : page.dataset.many).replace(/[17]/, number); }
  function fill(person) {
    var one = row(person.code);
    if (!one) {
      one = find("row").content.firstElementChild.cloneNode(true);
      one.dataset.code = person.code;
      one.querySelectorAll("button").forEach(function (button) { button.value = person.code; });
      var choice = one.querySelector("select");
      one.querySelector("label").htmlFor = choice.id = choice.name = "heads-" + person.code;
      for (var number = person.whole; number > 0; number--) choice.add(new Option(number));
      find("heads", one).hidden = person.whole < 2;
      one.querySelectorAll("[data-name]").forEach(function (place) { place.textContent = person.name || page.dataset.nameless; });
      find("letters", one).textContent = person.letters;
      rows.append(one);
    }
    find("party", one).textContent = said(person.party);
    find("waiting", one).hidden = person.state !== "waiting";
    var had = one.contains(document.activeElement), was = find("here", one).hidden;
    find("expected", one).hidden = isHere(person);
    find("here", one).hidden = !isHere(person);
    if (had && was === isHere(person)) one.querySelector(isHere(person) ? "[name=undone]" : "[name=came]").focus();
  }
  function show() {
    var held = load();
    if (!held) return;
    var now = seen(held), codes = now.people.map(function (person) { return person.code; });
    now.people.forEach(fill);
    Array.from(rows.children).forEach(function (one) { if (codes.indexOf(one.dataset.code) < 0) one.remove(); });
    find("people").textContent = now.people.filter(isHere).reduce(function (sum, person) { return sum + person.party; }, 0);
    find("counted").textContent = now.counted;
    status.hidden = false;
    status.textContent = held.queue.length ? status.dataset.waiting + " " + held.queue.length : status.dataset.sent;
    if (refused) status.textContent += " " + status.dataset.refused + " " + refused;
    filter();
  }

  function fold(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }
  function plain(text) { return fold(text).replace(/[^a-z]/g, ""); }
  function filter() {
    var words = fold(search.value).split(/\s+/), letters = plain(search.value), found = 0;
    Array.from(rows.children).forEach(function (one) {
      var called = fold(find("name", one).textContent);
      var fits = words.every(function (word) { return called.indexOf(word) >= 0; });
      one.hidden = !fits && (letters.length !== 6 || plain(find("letters", one).textContent) !== letters);
      found += !one.hidden;
    });
    find("nobody").hidden = found > 0;
  }

  function key() {
    return hex(crypto.getRandomValues(new Uint8Array(16)));
  }
  function note(entry) {
    var held = load();
    if (!held) return;
    held.queue.push(Object.assign({ key: key(), at: Date.now(), who: "", party: 0, name: "" }, entry));
    keep(held);
    show();
    send();
  }

  // Also without news, to hear what other telephones noted.
  function send() {
    var held = load();
    if (!held || isSending) return;
    isSending = true;
    var batch = held.queue.slice(0, AT_ONCE);
    fetch(page.dataset.send, {
      method: "POST", headers: { "Content-Type": "application/json", "X-Door": page.dataset.key },
      body: JSON.stringify({ now: Date.now(), entries: batch })
    }).then(function (answer) {
      if (!answer.ok && answer.status !== 404) throw new Error(answer.status);
      return answer.json();
    }).then(function (told) {
      isSending = false;
      if (told.gone) return over();
      var held = load(), heard = told.done.concat(told.refused);
      held.queue = held.queue.filter(function (entry) { return heard.indexOf(entry.key) < 0; });
      keep(Object.assign(held, { people: told.people, counted: told.counted, at: told.at }));
      refused += told.refused.length;
      show();
      if (batch.length && held.queue.length) send();
    }).catch(function () { isSending = false; });
  }
  function look() {
    if (!load()) return;
    if (Date.now() > ends) return over();
    if (!document.hidden) send();
  }

  rows.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    var heads = row(button.value).querySelector("select").value;
    note({ kind: button.name, who: button.value, party: button.name === "came" ? Number(heads) || 0 : 0 });
  });
  list.addEventListener("submit", function (event) { event.preventDefault(); });
  find("walk-in-form").addEventListener("submit", function (event) {
    event.preventDefault();
    var form = event.target;
    note({ kind: "walk_in", name: form.elements.name.value.trim(), party: Number(form.elements.party.value) });
    form.reset();
  });
  find("count").addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    if (button.value === "1") note({ kind: "count", party: 1 });
    else if (find("counted").textContent !== "0") note({ kind: "undone", party: 1 });
  });
  find("end").addEventListener("submit", function (event) {
    if (!load() || (!load().queue.length && navigator.onLine)) return;
    event.preventDefault();
    status.scrollIntoView();
    send();
  });
  find("search").addEventListener("submit", function (event) { event.preventDefault(); filter(); });
  search.addEventListener("input", filter);
  search.addEventListener("focus", function () { search.select(); });

  // A code to scan, where the browser can read one.
  var scan = find("scan"), camera = find("camera");
  function shut() {
    if (camera.srcObject) camera.srcObject.getTracks().forEach(function (track) { track.stop(); });
    camera.srcObject = null;
    camera.hidden = true;
  }
  function watch(reader) {
    if (!camera.srcObject) return;
    reader.detect(camera).then(function (found) {
      var letters = found.length ? found[0].rawValue.split("#").pop() : "";
      if (plain(letters).length !== 6) return setTimeout(watch, 250, reader);
      shut();
      search.value = letters;
      filter();
      var one = Array.from(rows.children).find(function (one) { return !one.hidden; });
      if (one) one.querySelector("[data-expected]:not([hidden]) button, [data-here]:not([hidden]) button").focus();
    }).catch(function () { setTimeout(watch, 250, reader); });
  }
  if (window.BarcodeDetector && navigator.mediaDevices) {
    scan.hidden = false;
    scan.addEventListener("click", function () {
      if (camera.srcObject) return shut();
      navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (seen) {
        camera.srcObject = seen;
        camera.hidden = false;
        return camera.play();
      }).then(function () { watch(new BarcodeDetector({ formats: ["qr_code"] })); }).catch(shut);
    });
  }

  unsealed(store.getItem(name)).then(function (kept) {
    if (Date.now() > ends) return over();
    var now = kept || { queue: [], at: 0 };
    if (!now.people || (!location.search && now.at < Number(page.dataset.at))) {
      Object.assign(now, { people: Array.from(rows.children, read), counted: Number(find("counted").textContent), at: Number(page.dataset.at) });
    }
    keep(Object.assign(now, { ends: ends }));
    show();
    send();
    setInterval(look, EVERY);
  });
  window.addEventListener("storage", function (event) {
    if (event.key === name) unsealed(event.newValue).then(function (kept) {
      held = kept;
      show();
    });
  });
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", look);

  if (!navigator.serviceWorker || !window.caches) return;
  navigator.serviceWorker.register(page.dataset.worker, { scope: "/accueil/" }).then(function () {
    return caches.open(name);
  }).then(function (cache) {
    var needed = performance.getEntriesByType("resource").map(function (one) { return one.name; });
    needed = needed.filter(function (url) { return url.indexOf(location.origin) === 0 && url.indexOf(page.dataset.send) < 0; });
    var blank = fetch(location.pathname + "?vide=1").then(function (answer) {
      if (answer.ok) return cache.put(location.pathname, answer);
    });
    return Promise.all(needed.map(function (url) { return cache.add(url); }).concat(blank).map(function (one) { return one.catch(function () {}); }));
  }).then(function () { page.dataset.ready = "yes"; });
})();
