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
  const open = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!named || !named.dataset.claim) return;
    named.closest("details").open = true;
    light(named.dataset.claim, true);
  };
  addEventListener("hashchange", open);
  addEventListener("load", open); // Once the browser has gone to the claim itself.
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
