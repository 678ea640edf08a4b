// While somebody writes, what stands beside their words follows: the site reads them and keeps nothing.
const address = document.currentScript.dataset.look;
const form = document.querySelector("form.writing");
const REST = 1200;
let timer, asked = 0;

async function look() {
  const number = ++asked;
  const response = await fetch(address, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!response?.ok || number !== asked) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of fresh.querySelectorAll("[data-look-part]")) {
    const before = document.getElementById(part.id);
    if (!before || before.contains(document.activeElement)) continue;
    if (before.querySelector("details.seen:not([open])")) part.querySelector("details.seen")?.removeAttribute("open");
    before.replaceWith(part);
  }
}

form.addEventListener("input", (event) => {
  if (event.target.closest("[data-look-part]")) return;
  clearTimeout(timer);
  timer = setTimeout(look, REST);
});
