// A word that is explained opens a small box instead of another page; without this script its link leads there.
(function () {
  var box = document.getElementById("word");
  if (!box || !box.showModal || !Element.prototype.closest) { return; }
  function said(link) { return document.getElementById("mot-" + link.pathname.split("/").pop()); }
  document.querySelectorAll("a.defined").forEach(function (link) {
    if (said(link)) { link.setAttribute("aria-haspopup", "dialog"); }
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.defined");
    if (event.target === box) { box.close(); }
    if (!link || !said(link) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    ["word-term", "word-meaning"].forEach(function (part) {
      document.getElementById(part).lang = said(link).closest("[lang]").lang;
      document.getElementById(part).dir = said(link).closest("[dir]").dir;
    });
    document.getElementById("word-term").textContent = said(link).querySelector("dt").textContent;
    document.getElementById("word-meaning").textContent = said(link).querySelector("dd").textContent;
    link.focus(); // where a closed box leads back to, in browsers that do not focus a pressed link as well
    box.showModal();
  });
  box.querySelector("button").addEventListener("click", function () { box.close(); });
})();
