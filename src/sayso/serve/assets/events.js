// Tells a page what others did meanwhile, and takes in anew what is marked `data-live` where nothing is being typed.
(() => {
  const words = document.querySelector("#changes");
  if (!words || !window.EventSource) return;
  const by = new Map();
  let cursor = words.dataset.cursor, stream = null, reports = 0, typed = false, again = 0;

  const say = (one, many, number, name) => (number === 1 ? one : many).replace("{number}", number).replace("{name}", name || "");
  const tell = () => {
    const said = words.dataset, parts = [];
    if (reports) parts.push(say(said.report, said.reports, reports));
    for (const [name, number] of by) parts.push(say(said.one, said.many, number, name));
    words.querySelector("span").textContent = parts.join(" · ");
    words.hidden = !parts.length;
  };

  const refresh = async () => {
    const pages = new Map();
    for (const old of document.querySelectorAll("[data-live][id]")) {
      const where = old.dataset.live || location.href;
      pages.set(where, [...(pages.get(where) || []), old]);
    }
    for (const [where, olds] of pages) {
      const answer = typed ? null : await fetch(where).catch(() => null);
      if (!answer || !answer.ok) continue;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of olds) {
        const fresh = page.getElementById(old.id);
        if (!fresh || typed || old.contains(document.activeElement)) continue;
        old.replaceWith(document.adoptNode(fresh));
        if (window.htmx) htmx.process(fresh);
      }
    }
    document.dispatchEvent(new Event("refreshed"));
  };

  const listen = () => {
    stream = new EventSource("/events?after=" + encodeURIComponent(cursor));
    stream.addEventListener("message", (event) => { cursor = event.lastEventId || cursor; });
    stream.addEventListener("changed", (event) => {
      cursor = event.lastEventId;
      const changes = JSON.parse(event.data);
      reports += changes.reports;
      for (const [name, number] of Object.entries(changes.by)) by.set(name, (by.get(name) || 0) + number);
      tell();
      clearTimeout(again);
      again = setTimeout(refresh, 150);
    });
  };
  const attend = () => {
    // A hidden page lets go: browsers keep only six connections to one host open.
    if (document.hidden) { if (stream) stream.close(); stream = null; } else if (!stream) listen();
  };
  document.addEventListener("input", () => { typed = true; });
  document.addEventListener("visibilitychange", attend);
  words.querySelector("button").addEventListener("click", () => location.reload());
  window.addEventListener("pagehide", () => { if (stream) stream.close(); stream = null; });
  window.addEventListener("pageshow", attend);
  attend();
})();

// What can be judged is taken in after the page: who was sent to it is taken there once it has its room.
document.addEventListener("htmx:after:swap", () => {
  if (location.hash === "#work") document.getElementById("work")?.scrollIntoView();
}, { once: true });
