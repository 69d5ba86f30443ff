// A report's page: the claim that an address names is opened, and its words are lit in the text.
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
  open();
  document.addEventListener("toggle", (event) => {
    const unfold = event.target.open && event.target.querySelector && event.target.querySelector("[data-claim]");
    if (unfold) light(unfold.dataset.claim, false);
  }, true);
})();
