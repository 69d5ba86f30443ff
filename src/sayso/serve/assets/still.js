// In a folder of files nothing can be asked for: what a page's scripts would fetch lies in scripts beside it, and what
// they link to at the desk is led to the file of that page.
(() => {
  "use strict";
  const { root, first } = document.currentScript.dataset;
  const kept = (window.still = Object.create(null));
  const ask = window.fetch;
  window.fetch = (where, options) => {
    const path = String(where).split("?")[0];
    if (!(path in kept)) return ask.call(window, where, options);
    return Promise.resolve(new Response(kept[path], { headers: { "content-type": "application/json" } }));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='/'], a[*|href^='/']");
    if (!link) return;
    event.preventDefault();
    const [address, place] = link.getAttribute("href").split("#");
    const path = address.split("?")[0];
    const file = path === first ? "index.html" : (path.replace(/^\/+|\/+$/g, "") || "desk") + ".html";
    location.href = `${root}/${file}${place ? `#${place}` : ""}`;
  });
})();
