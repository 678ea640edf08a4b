// The door of a date: what is noted shows at once, is kept on this telephone, and is sent when there is a network.
// Kept under "door <code>": the list as the server last told it, and what it has not heard of yet. It is sealed:
// the key is a cookie that the browser itself drops when the pass ends, whether or not anybody opens the page.
import { here as name, wipe } from "./door-wipe.js";

const EVERY = 20000, AT_ONCE = 100;
const find = (mark, from = document) => from.querySelector(`[data-${mark}]`);
const page = find("door"), rows = find("list").querySelector("ul"), search = page.querySelector("#q");
const status = find("status"), camera = find("camera"), ends = Number(page.dataset.ends);
let held = null, written = Promise.resolve(), refused = 0, isSending = false;

// What is kept, and its seal. Without one (no https, no cookie): for as long as this tab is open.
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const bytes = (text) => Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));
const secret = /(?:^|; )door_list=([0-9a-f]{64})/.exec(document.cookie)?.[1];
const seal = secret && crypto.subtle?.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
const store = seal ? localStorage : sessionStorage;

async function unsealed(text) {
  const kept = JSON.parse(text);
  if (!kept || !seal) return kept;
  try {
    const way = { name: "AES-GCM", iv: bytes(kept.iv) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(way, await seal, bytes(kept.list))));
  } catch {
    return null;  // the key of another pass
  }
}

function keep(now) {
  held = now;
  const text = JSON.stringify(now);
  if (!seal) return store.setItem(name, text);
  written = written.then(async () => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const list = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await seal, new TextEncoder().encode(text));
    if (held) store.setItem(name, JSON.stringify({ ends, iv: hex(iv), list: hex(list) }));
  });
}

function over() {
  held = null;
  const title = page.querySelector("h1"), words = find("over");
  if (words) {
    title.textContent = words.dataset.over;
    page.replaceChildren(title, words.content.cloneNode(true));
  }
  wipe(name);
}

// The list as it stands with what was noted here and is not sent yet.
const isHere = (person) => ["attended", "walk_in"].includes(person.state);

function seen() {
  const people = new Map(held.people.map((one) => [one.code, { ...one }]));
  let counted = held.counted;
  for (const { key, kind, who, party, name } of held.queue) {
    const person = people.get(who);
    if (kind === "walk_in") {
      people.set(key, { code: key, name, letters: "", party, whole: 1, state: kind, isOurs: true });
    } else if (!who) {
      counted += kind === "count" ? party : -party;
    } else if (kind === "came" && person) {
      person.state = ["waiting", "walk_in"].includes(person.state) ? "walk_in" : "attended";
      person.party = party || person.party;
    } else if (person?.isOurs) {
      people.delete(who);
    } else if (person) {
      person.state = "confirmed";
    }
  }
  return { people: [...people.values()], counted: Math.max(0, counted) };
}

function made(person) {
  const one = find("row").content.firstElementChild.cloneNode(true), choice = one.querySelector("select");
  one.dataset.code = person.code;
  one.querySelector("label").htmlFor = choice.id = "heads-" + person.code;
  for (let number = person.whole; number > 0; number--) choice.add(new Option(number));
  find("heads", one).hidden = person.whole < 2;
  for (const place of one.querySelectorAll("[data-name]")) place.textContent = person.name || page.dataset.nameless;
  find("letters", one).textContent = person.letters;
  rows.append(one);
  return one;
}

function fill(person) {
  const one = [...rows.children].find((row) => row.dataset.code === person.code) ?? made(person);
  const here = find("here", one), expected = find("expected", one), is = isHere(person);
  const words = page.dataset[person.party < 2 ? "one" : "many"];
  find("party", one).textContent = words.replace(/[17]/, person.party);
  find("waiting", one).hidden = person.state !== "waiting";
  const follows = here.hidden === is && one.contains(document.activeElement);
  expected.hidden = is;
  here.hidden = !is;
  if (follows) (is ? here : expected).querySelector("button").focus();
  return one;
}

function show() {
  if (!held) return;
  const { people, counted } = seen(), shown = people.map(fill), waiting = held.queue.length;
  for (const one of [...rows.children]) if (!shown.includes(one)) one.remove();
  find("people").textContent = people.filter(isHere).reduce((sum, person) => sum + person.party, 0);
  find("counted").textContent = counted;
  status.hidden = false;
  status.textContent = waiting ? `${status.dataset.waiting} ${waiting}` : status.dataset.sent;
  if (refused) status.append(` ${status.dataset.refused} ${refused}`);
  filter();
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const plain = (text) => fold(text).replace(/[^a-z]/g, "");

function filter() {
  const words = fold(search.value).split(/\s+/), letters = plain(search.value);
  for (const one of rows.children) {
    const called = fold(find("name", one).textContent);
    const isCode = letters.length === 6 && plain(find("letters", one).textContent) === letters;
    one.hidden = !isCode && !words.every((word) => called.includes(word));
  }
  find("nobody").hidden = Boolean(rows.querySelector("li:not([hidden])"));
}

function note(entry) {
  if (!held) return;
  const key = hex(crypto.getRandomValues(new Uint8Array(16)));
  keep({ ...held, queue: [...held.queue, { key, at: Date.now(), who: "", party: 0, name: "", ...entry }] });
  show();
  send();
}

// Also without news, to hear what other telephones noted.
async function send() {
  if (!held || isSending) return;
  isSending = true;
  const entries = held.queue.slice(0, AT_ONCE), headers = { "Content-Type": "application/json", "X-Door": page.dataset.key };
  try {
    const body = JSON.stringify({ now: Date.now(), entries });
    const answer = await fetch(page.dataset.send, { method: "POST", headers, body });
    if (!answer.ok && answer.status !== 404) return;
    const { gone, done, refused: wrong, ...told } = await answer.json();
    if (gone) return over();
    keep({ ...held, ...told, queue: held.queue.filter(({ key }) => !done.includes(key) && !wrong.includes(key)) });
    refused += wrong.length;
    show();
  } catch {
    return;  // no network: the next look tries again
  } finally {
    isSending = false;
  }
  if (entries.length && held.queue.length) send();
}

function look() {
  if (held && Date.now() > ends) over();
  else if (!document.hidden) send();
}

function on(mark, act) {
  find(mark).addEventListener("submit", (event) => {
    event.preventDefault();
    act(event.submitter);
  });
}

on("list", (button) => {
  const one = button.closest("li"), heads = Number(one.querySelector("select").value);
  note({ kind: button.name, who: one.dataset.code, party: button.name === "came" ? heads : 0 });
});
on("walk-in-form", ({ form }) => {
  note({ kind: "walk_in", name: form.elements.name.value.trim(), party: Number(form.elements.party.value) });
  form.reset();
});
on("count", (button) => {
  if (button.value === "1") note({ kind: "count", party: 1 });
  else if (find("counted").textContent !== "0") note({ kind: "undone", party: 1 });
});
find("end").addEventListener("submit", (event) => {
  if (!held || (navigator.onLine && !held.queue.length)) return;
  event.preventDefault();
  status.scrollIntoView();
  send();
});
on("search", filter);
search.addEventListener("input", filter);
search.addEventListener("focus", () => search.select());

// A code to scan, where the browser can read one.
function shut() {
  camera.srcObject?.getTracks().forEach((track) => track.stop());
  camera.srcObject = null;
  camera.hidden = true;
}

async function watch(reader) {
  const [code] = await reader.detect(camera).catch(() => []), letters = code?.rawValue.split("#").pop() ?? "";
  if (!camera.srcObject) return;
  if (plain(letters).length !== 6) return setTimeout(watch, 250, reader);
  shut();
  search.value = letters;
  filter();
  rows.querySelector("li:not([hidden]) .row:not([hidden]) button")?.focus();
}

async function scan() {
  if (camera.srcObject) return shut();
  try {
    camera.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    camera.hidden = false;
    await camera.play();
    watch(new BarcodeDetector({ formats: ["qr_code"] }));
  } catch {
    shut();
  }
}

find("scan").addEventListener("click", scan);
find("scan").hidden = !window.BarcodeDetector || !navigator.mediaDevices;

unsealed(store.getItem(name)).then((kept) => {
  const at = Number(page.dataset.at), counted = Number(find("counted").textContent);
  const told = kept?.at >= at ? kept : { people: JSON.parse(find("told").content.textContent), counted, at };
  keep({ queue: kept?.queue ?? [], ...told, ends });
  show();
  look();
  setInterval(look, EVERY);
});
addEventListener("storage", async (event) => {
  if (event.key !== name) return;
  held = await unsealed(event.newValue);
  show();
});
addEventListener("online", look);
document.addEventListener("visibilitychange", look);

async function install() {
  await navigator.serviceWorker.register(page.dataset.worker, { scope: "/accueil/" });
  const cache = await caches.open(name), loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const needed = loaded.filter((url) => url.startsWith(location.origin) && !url.includes(page.dataset.send));
  await Promise.allSettled([...needed, location.pathname + "?vide=1"].map((url) => cache.add(url)));
  page.dataset.ready = "yes";
}
if (navigator.serviceWorker && window.caches) install();
