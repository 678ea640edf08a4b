// Lets a passkey answer the question of a page: the form carries it in data-options and sends what the device says.
(function () {
  function toBytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }
  function toText(buffer) {
    var signs = Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); });
    return btoa(signs.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function question(options) {
    options.challenge = toBytes(options.challenge);
    if (options.user) options.user.id = toBytes(options.user.id);
    ["excludeCredentials", "allowCredentials"].forEach(function (list) {
      (options[list] || []).forEach(function (key) { key.id = toBytes(key.id); });
    });
    return { publicKey: options };
  }
  function answer(key) {
    var said = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (name) {
      if (key.response[name]) said[name] = toText(key.response[name]);
    });
    return JSON.stringify({ id: key.id, rawId: toText(key.rawId), type: key.type, response: said, clientExtensionResults: {} });
  }
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var failed = form.querySelector("[data-failed]");
    form.querySelector("button").hidden = false;
    form.querySelector("[data-without]").hidden = true;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      failed.hidden = true;
      navigator.credentials[form.dataset.passkey](question(JSON.parse(form.dataset.options))).then(function (key) {
        form.elements.credential.value = answer(key);
        form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  });
})();
