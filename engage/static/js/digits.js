// Typing sheets: Enter leads to the next line, and from the last line counts the sheet.
for (const form of document.querySelectorAll("form[data-digits]")) {
  const lines = [...form.querySelectorAll("input.govuk-input")];
  lines.forEach((line, place) => {
    line.addEventListener("focus", () => line.select());
    line.addEventListener("keydown", (event) => {
      const next = lines[place + 1];
      if (event.key !== "Enter" || !next) return;
      event.preventDefault();
      next.focus();
    });
  });
  const wrong = form.querySelector('[aria-invalid="true"]');
  if (!document.querySelector(".govuk-error-summary")) (wrong ?? lines[0]).focus();
}
