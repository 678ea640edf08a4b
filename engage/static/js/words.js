// A word that is explained opens a small box instead of another page; without this script its link leads there.
const box = document.getElementById("word");
const said = (link) => document.getElementById("mot-" + link.pathname.split("/").pop());

for (const link of box?.showModal ? document.querySelectorAll("a.defined") : []) {
  const meaning = said(link);
  if (!meaning) continue;
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const [part, place] of [["term", "dt"], ["meaning", "dd"]]) {
      const shown = document.getElementById("word-" + part);
      shown.lang = meaning.closest("[lang]").lang;
      shown.dir = meaning.closest("[dir]").dir;
      shown.textContent = meaning.querySelector(place).textContent;
    }
    link.focus(); // where a closed box leads back to, in browsers that do not focus a pressed link as well
    box.showModal();
  });
}
box?.addEventListener("click", (event) => {
  if (event.target === box || event.target.closest("button")) box.close();
});
