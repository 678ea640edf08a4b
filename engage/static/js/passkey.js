// Lets a passkey answer the question of a page: the form carries it in data-options and sends what the device says.
const way = window.PublicKeyCredential;
const readers = { create: way?.parseCreationOptionsFromJSON, get: way?.parseRequestOptionsFromJSON };

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const kind = form.dataset.passkey, failed = form.querySelector("[data-failed]");
  if (!readers[kind]) continue;
  form.querySelector("button").hidden = false;
  form.querySelector("[data-without]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const publicKey = readers[kind].call(way, JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(await navigator.credentials[kind]({ publicKey }));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
