// The tablet of the waiting room wipes itself when nobody touches it any more.
(function () {
  var form = document.querySelector("form[data-idle-seconds]"), warning = document.querySelector("[data-idle-warning]");
  if (!form) return;
  var idle = form.dataset.idleSeconds * 1000, warn, wipe;

  function wait() {
    clearTimeout(warn);
    clearTimeout(wipe);
    warning.hidden = true;
    warn = setTimeout(function () { warning.hidden = false; }, idle - 15000);
    wipe = setTimeout(function () { form.submit(); }, idle);
  }

  ["pointerdown", "keydown", "input", "scroll", "touchstart"].forEach(function (sign) {
    document.addEventListener(sign, wait, { passive: true });
  });
  // A page taken back from the browser's memory belongs to the person before.
  addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
  wait();
})();
