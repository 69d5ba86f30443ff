// A report's page: the claim that an address names is opened, and its words are lit in the text. The form of a check:
// a chosen file is sent as such, and while it is checked the page says so.
(() => {
  "use strict";
  const light = (number, come) => {
    for (const piece of document.querySelectorAll(".m.lit")) piece.classList.remove("lit");
    const pieces = [...document.querySelectorAll(".m[data-claims]")].filter((piece) =>
      piece.dataset.claims.split(" ").includes(number),
    );
    for (const piece of pieces) piece.classList.add("lit");
    if (come && pieces.length) pieces[0].scrollIntoView({ block: "center" });
  };
  const open = (come = true) => {
    const named = document.getElementById(location.hash.slice(1));
    if (!named || !named.dataset.claim) return;
    named.closest("details").open = true;
    light(named.dataset.claim, come);
  };
  // What the story must be weighed for comes after the text, with what was unfolded and hidden meanwhile kept so.
  const follow = async (shown) => {
    const answer = await fetch(shown.dataset.weighed);
    const whole = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("reading");
    if (!answer.ok || !whole) return;
    for (const one of shown.querySelectorAll(".held[open] [data-claim]")) {
      const same = whole.querySelector(`[data-claim="${one.dataset.claim}"]`);
      if (same) same.closest("details").open = true;
    }
    for (const box of shown.querySelectorAll(".shown input")) {
      whole.querySelector(`#${box.id}`).checked = box.checked;
    }
    shown.replaceWith(document.adoptNode(whole));
    open(false);
  };
  const waiting = document.querySelector("[data-weighed]");
  if (waiting) follow(waiting).catch(() => waiting.querySelector(".waiting").remove());
  addEventListener("hashchange", () => open());
  addEventListener("load", () => open()); // Once the browser has gone to the claim itself.
  const form = document.querySelector("form.give");
  if (form) {
    const busy = form.querySelector(".busy");
    form.addEventListener("submit", () => {
      form.enctype = form.elements.file.files.length ? "multipart/form-data" : "application/x-www-form-urlencoded";
      form.classList.add("at-work");
      busy.textContent = busy.dataset.busy;
    });
    addEventListener("pageshow", () => {
      form.classList.remove("at-work");
      busy.textContent = "";
    });
  }
  document.addEventListener("toggle", (event) => {
    const unfold = event.target.open && event.target.querySelector && event.target.querySelector("[data-claim]");
    if (unfold) light(unfold.dataset.claim, false);
  }, true);
})();
