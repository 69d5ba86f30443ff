// The drawing of who took it from whom. The page's list says the same; what is chosen here is shown from there.
"use strict";
(() => {
  const box = document.getElementById("graph"), panel = document.getElementById("panel");
  if (!box || !window.cytoscape) return;
  const keys = document.getElementById("keys"), told = document.getElementById("told");
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function makeStyle() {
    const [ink, muted, card, chip, accent, warn, paper] =
      ["--ink", "--muted", "--card", "--chip", "--accent", "--warn", "--paper"].map(token);
    const font = token("--sans");
    return [
      { selector: "node", style: { shape: "round-rectangle", "corner-radius": 4, width: 204, height: 66, label: "data(label)", "text-wrap": "wrap", "text-max-width": 186, "text-valign": "center", "text-halign": "center", "font-family": font, "font-size": 12, "line-height": 1.25, color: ink, "background-color": card, "border-width": 1, "border-color": muted } },
      { selector: "node.origin", style: { "corner-radius": 33, "background-color": chip, "border-color": accent } },
      { selector: "node.absent", style: { "background-opacity": 0, "border-style": "dashed" } },
      { selector: "node.changed", style: { "border-color": warn, "border-width": 2 } },
      { selector: "edge", style: { "curve-style": "bezier", width: 1.4, "line-color": muted, "target-arrow-color": muted, "target-arrow-shape": "triangle", "arrow-scale": 0.9, label: "data(label)", "font-family": font, "font-size": 10.5, color: muted, "text-background-color": card, "text-background-opacity": 1, "text-background-padding": 2, "text-wrap": "wrap", "text-max-width": 90 } },
      { selector: "edge.changed", style: { width: 2.8, "line-color": warn, "target-arrow-color": warn, color: warn } },
      { selector: ".chosen", style: { "border-color": accent, "border-width": 3, "line-color": accent, "target-arrow-color": accent, width: (one) => (one.isNode() ? 204 : 3), "background-color": one => (one.isNode() ? paper : accent) } },
      { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
    ];
  }

  function nameNode(node) {
    const first = node.printings[0];
    const lines = first ? [shorten(node.name, 48), shorten(first.title, 28), node.when] : [shorten(node.name, 60)];
    if (node.kind === "absent") lines.push(node.when);
    return lines.join("\n");
  }
  function nameEdge(edge) {
    const kind = edge.reasons[0].kind;
    return [box.dataset[kind], edge.changes.length ? box.dataset.changed : ""].filter(Boolean).join(", ");
  }
  const shorten = (words, most) => (words.length > most ? words.slice(0, words.lastIndexOf(" ", most) > 0 ? words.lastIndexOf(" ", most) : most) + "…" : words);
  const classes = (kind, changes) => [kind, changes.length ? "changed" : ""].join(" ");

  function draw(graph) {
    document.getElementById("island").hidden = false;
    const drawn = graph.nodes.filter((node) => node.x !== null), ids = new Set(drawn.map((node) => node.id));
    const cy = cytoscape({
      container: box,
      elements: [
        ...drawn.map((node) => ({ data: { id: node.id, label: nameNode(node) }, position: { x: node.x, y: node.y }, classes: classes(node.kind, node.changes) })),
        ...graph.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target))
          .map((edge) => ({ data: { id: edge.id, source: edge.source, target: edge.target, label: nameEdge(edge) }, classes: classes(edge.reasons[0].kind, edge.changes) })),
      ],
      layout: { name: "preset" }, style: makeStyle(), minZoom: 0.1, maxZoom: 2.5, autoungrabify: true, boxSelectionEnabled: false, userZoomingEnabled: false, selectionType: "single",
    });
    showStart(cy);
    for (const query of ["(prefers-color-scheme: dark)"]) matchMedia(query).addEventListener("change", () => cy.style(makeStyle()));
    // A wheel scrolls the page until the drawing is what is worked with.
    box.addEventListener("focus", () => cy.userZoomingEnabled(true));
    box.addEventListener("blur", () => cy.userZoomingEnabled(false));
    cy.on("tap", "node, edge", (event) => { box.focus({ preventScroll: true }); choose(cy, event.target); });
    cy.on("tap", (event) => { if (event.target === cy) choose(cy, null); });
    box.addEventListener("keydown", (event) => press(cy, event));
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") { choose(cy, null); box.focus(); } });
    const middle = () => ({ x: cy.width() / 2, y: cy.height() / 2 });
    const scale = (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: middle() });
    document.getElementById("nearer").addEventListener("click", () => scale(1.3));
    document.getElementById("farther").addEventListener("click", () => scale(1 / 1.3));
    document.getElementById("whole").addEventListener("click", () => cy.fit(undefined, 24));
  }

  // From the top left, as wide as fits and can be read.
  function showStart(cy) {
    const whole = cy.elements().boundingBox(), room = 24, top = 52;
    const zoom = Math.min(1.05, Math.max(0.6, (cy.width() - 2 * room) / whole.w));
    const left = Math.max(room, (cy.width() - whole.w * zoom) / 2);
    cy.viewport({ zoom, pan: { x: left - whole.x1 * zoom, y: top - whole.y1 * zoom } });
  }

  function choose(cy, one) {
    cy.elements().removeClass("chosen");
    if (!one) { panel.replaceChildren(keys); return; }
    one.addClass("chosen");
    const said = document.getElementById(one.id());
    const copy = document.createElement("div"), head = document.createElement("h3");
    const name = document.getElementById(one.isEdge() ? one.target().id() : one.id()).querySelector("h4");
    head.append(...name.cloneNode(true).childNodes);
    copy.append(...said.cloneNode(true).childNodes);
    copy.querySelector("h4")?.remove();
    copy.prepend(head);
    for (const inner of copy.querySelectorAll("[id]")) inner.removeAttribute("id");
    panel.replaceChildren(copy);
    panel.scrollTop = 0;
  }

  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function press(cy, event) {
    const current = cy.nodes(".at").nonempty() ? cy.nodes(".at") : cy.nodes(".chosen");
    if (event.key === "Enter" && current.nonempty()) { choose(cy, current[0]); panel.focus({ preventScroll: true }); event.preventDefault(); return; }
    if (event.key === "Escape") { choose(cy, null); return; }
    if (event.key === "+" || event.key === "-") { document.getElementById(event.key === "+" ? "nearer" : "farther").click(); return; }
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const next = current.nonempty() ? findNext(cy, current[0], step) : cy.nodes()[0];
    if (!next) return;
    cy.elements().removeClass("at chosen");
    next.addClass("at chosen");
    told.textContent = next.data("label");
    bringIn(cy, next);
  }

  // The nearest node on that side; what lies askew counts as farther.
  function findNext(cy, from, [dx, dy]) {
    const at = from.position();
    let best = null, least = Infinity;
    cy.nodes().forEach((node) => {
      const x = node.position("x") - at.x, y = node.position("y") - at.y;
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (along > 1 && along + 2 * aside < least) { least = along + 2 * aside; best = node; }
    });
    return best;
  }

  function bringIn(cy, node) {
    const seen = node.renderedBoundingBox();
    if (seen.x1 > 0 && seen.y1 > 40 && seen.x2 < cy.width() && seen.y2 < cy.height()) return;
    if (still.matches) cy.center(node); else cy.animate({ center: { eles: node }, duration: 150 });
  }

  fetch(box.dataset.from).then((answer) => (answer.ok ? answer.json() : null)).then((graph) => { if (graph && graph.nodes.length) draw(graph); });
})();
