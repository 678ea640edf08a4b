// The switch between the long and the short text opens the other one where the reader stands.
addEventListener("click", (event) => {
  const link = event.target.closest?.(".texts a");
  if (!link) return;
  const places = [...document.querySelectorAll(".leaf-text [id^=partie-]")];
  const above = places.filter((place) => place.getBoundingClientRect().top < innerHeight / 3);
  link.hash = above.at(-1)?.id ?? "";
});
