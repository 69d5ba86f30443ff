// The review is answered by keys: each button names its own. They can be switched off, which this browser remembers.
(() => {
  const on = document.querySelector("#review-keys");
  if (!on) return;
  on.closest("label").hidden = false;
  try { on.checked = localStorage.getItem("review keys") !== "off"; } catch { /* No storage: on for this page. */ }
  const mark = () => document.body.classList.toggle("no-keys", !on.checked);
  on.addEventListener("change", () => {
    try { localStorage.setItem("review keys", on.checked ? "on" : "off"); } catch { /* As above. */ }
    mark();
  });
  mark();
  let gone = false;
  document.addEventListener("keydown", (event) => {
    if (!on.checked || gone || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
    if (!button) return;
    event.preventDefault();
    gone = true; // One key, one answer, however long the next page takes.
    button.click();
  });
  window.addEventListener("pageshow", () => { gone = false; });
})();
