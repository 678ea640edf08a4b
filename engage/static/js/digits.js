// Typing sheets: Enter leads to the next line, and from the last line counts the sheet.
document.querySelectorAll("form[data-digits]").forEach(function (form) {
  var lines = Array.from(form.querySelectorAll("input.govuk-input"));
  lines.forEach(function (line, place) {
    line.addEventListener("focus", function () { line.select(); });
    line.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || place === lines.length - 1) return;
      event.preventDefault();
      lines[place + 1].focus();
    });
  });
  var wrong = form.querySelector('[aria-invalid="true"]');
  if (!document.querySelector(".govuk-error-summary")) (wrong || lines[0]).focus();
});
