// Shows the page of the door where there is no network. What it needs lies in one cache a date, named
// "door <code>", which the page fills, and wipes as a whole: the page itself lies there without a name in it.
var PATIENCE = 4000;

function kept(request) { return caches.match(request, { ignoreSearch: true, ignoreVary: true }); }

function fresh(request) {
  var url = new URL(request.url), path = url.pathname;
  var cache = "door " + path.split("/")[2];
  return fetch(request).then(function (answer) {
    return answer.status === 404 ? caches.delete(cache).then(function () { return answer; }) : answer;
  });
}

// The network first; where it is slow, what was kept.
function page(request) {
  var asked = fresh(request);
  var late = new Promise(function (done) { setTimeout(done, PATIENCE); });
  return Promise.race([
    asked.catch(function () { return kept(request).then(function (found) { return found || Response.error(); }); }),
    late.then(function () { return kept(request); }).then(function (found) { return found || asked; })
  ]);
}

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (event) {
  var request = event.request;
  if (request.method !== "GET") return;
  event.respondWith(request.mode === "navigate" ? page(request) : kept(request).then(function (found) {
    return found || fetch(request);
  }));
});
