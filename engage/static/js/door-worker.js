// Shows the page of the door where there is no network. What it needs lies in one cache a date, named
// "door <code>", which the page fills, and wipes as a whole: the page itself lies there without a name in it.
const PATIENCE = 4000;
const kept = (request) => caches.match(request, { ignoreSearch: true, ignoreVary: true });

async function fresh(request) {
  const answer = await fetch(request);
  if (answer.status === 404) await caches.delete("door " + new URL(request.url).pathname.split("/")[2]);
  return answer;
}

// The network first; where it is slow, what was kept.
async function page(request) {
  const asked = fresh(request), late = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([asked, late]).catch(() => null);
  return answer ?? await kept(request) ?? asked;
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  event.respondWith(request.mode === "navigate" ? page(request) : kept(request).then((found) => found ?? fetch(request)));
});
