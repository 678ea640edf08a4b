// A scanned slip brings its code behind the "#" of the address, which no server sees. It goes into its field,
// and out of the address and of the browser's history.
const field = document.getElementById("ticket"), code = location.hash.slice(1);
if (field && /^[A-Za-z0-9-]{6,12}$/.test(code)) {
  field.value ||= code;
  history.replaceState(null, "", location.pathname + location.search);
}
