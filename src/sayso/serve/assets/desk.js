// What every page of the desk does beyond following links: its keys.
const dialog = document.getElementById("keys");
const ask = document.querySelector(".bar .ask");
if (ask) {
  ask.hidden = false;
  ask.addEventListener("click", showKeys);
}

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=range]), textarea, select, [contenteditable], dialog")) return;
  const act = { "/": search, "?": showKeys, j: () => step(1), k: () => step(-1), t: moveMoment }[event.key];
  if (act && act() !== false) event.preventDefault();
});

function search() {
  document.getElementById("find")?.focus();
}

function moveMoment() {
  (document.querySelector(".slider .upper") || document.getElementById("as-of"))?.focus();
}

function showKeys() {
  dialog?.showModal();
}

// The rows of the lists of a page, in their order; each is gone to by its first link.
function step(by) {
  const rows = [...document.querySelectorAll("main [data-row], main .sentences > li")].filter((row) => row.offsetParent);
  const here = document.activeElement?.closest("[data-row], .sentences > li");
  const at = rows.indexOf(here);
  const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
  if (!next) return false;
  const target = next.querySelector("a[href], summary, button, input") || next;
  if (target === next) next.tabIndex = -1;
  target.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}
