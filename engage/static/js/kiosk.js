// The tablet of the waiting room wipes itself when nobody touches it any more.
(function () {
  var form = document.querySelector("form[data-idle-seconds]");
  var warning = document.querySelector("[data-idle-warning]");
  if (!form) return;
  var seconds = Number(form.getAttribute("data-idle-seconds"));
  var timers = [];

  function wait() {
    timers.forEach(clearTimeout);
    warning.hidden = true;
    timers = [
      setTimeout(function () { warning.hidden = false; }, (seconds - 15) * 1000),
      setTimeout(function () { form.submit(); }, seconds * 1000)
    ];
  }

  ["pointerdown", "keydown", "input", "scroll", "touchstart"].forEach(function (sign) {
    document.addEventListener(sign, wait, { passive: true });
  });
  // A page taken back from the browser's memory belongs to the person before.
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
  wait();
})();
