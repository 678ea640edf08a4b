// The switch between the long and the short text opens the other one where the reader stands.
addEventListener("click", (event) => {
  const link = event.target.closest?.(".texts a");
  if (!link) return;
  const parts = [...document.querySelectorAll(".words section > h2[id]")];
  const above = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 3);
  if (above.length) link.hash = above.at(-1).id;
});
