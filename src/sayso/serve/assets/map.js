// The map of a story's places. The page's list says the same.
"use strict";
(() => {
  const box = document.getElementById("map");
  if (!box || !window.L || !window.topojson) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const LEAST = 12, MOST = 30; // Pixels: the least is as wide as a finger's target must be.

  function make(tag, words, className) {
    const one = document.createElement(tag);
    if (words) one.textContent = words;
    if (className) one.className = className;
    return one;
  }

  function describe(spot) {
    const whole = make("div", "", "popup"), head = make("h3");
    head.append(make("bdi", spot.name));
    whole.append(head, make("p", document.querySelector(`[data-place="${CSS.escape(spot.id)}"] > .whose`).textContent, "whose"));
    for (const one of spot.happenings.slice(0, 1)) whole.append(make("p", [one.when, one.words].filter(Boolean).join(": ")));
    for (const one of spot.told.slice(0, 2)) {
      const said = make("p", "", "telling"), link = make("a"), quote = make("q", one.words);
      link.href = `/reports/${encodeURIComponent(one.report)}${box.dataset.query}#${encodeURIComponent(one.claim)}`;
      quote.dir = "auto";
      link.append(quote);
      said.append(link, make("span", `${one.chain.join(" ← ")} · ${one.published}`, "whose"));
      whole.append(said);
    }
    const more = make("p"), link = make("a", box.dataset.more);
    link.href = `#place-${spot.id.replace(",", "_")}`;
    more.append(link);
    whole.append(more);
    return whole;
  }

  function draw(world, places) {
    document.getElementById("island").hidden = false;
    const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, attributionControl: false, minZoom: 1, maxZoom: 10, zoomSnap: 0.25, worldCopyJump: false, fadeAnimation: !still, zoomAnimation: !still, maxBounds: [[-90, -220], [90, 220]] });
    L.control.zoom({ zoomInTitle: box.dataset.larger, zoomOutTitle: box.dataset.smaller }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(box.dataset.credit).addTo(map);
    const bound = (spots) => L.latLngBounds(spots.flatMap((spot) => {
      const reach = spot.wide ? 0 : Math.max(spot.radius_km, 15) / 111, lon = reach / Math.max(0.2, Math.cos(spot.lat * Math.PI / 180));
      return [[spot.lat - reach, spot.lon - lon], [spot.lat + reach, spot.lon + lon]];
    }));
    const heart = places.spots.filter((spot) => spot.heart);
    const showNear = () => map.fitBounds(bound(heart.length ? heart : places.spots), { padding: [40, 40], maxZoom: 8 });
    showNear();
    map.createPane("land").style.zIndex = 200;
    L.geoJSON(topojson.feature(world, world.objects.countries), { pane: "land", interactive: false, style: { className: "land" }, renderer: L.svg({ pane: "land", padding: 0.5 }) }).addTo(map);
    const most = Math.max(...places.spots.map((spot) => spot.reports)), marks = new Map();
    for (const spot of places.spots) {
      if (!spot.wide && spot.radius_km) L.circle([spot.lat, spot.lon], { radius: spot.radius_km * 1000, className: "reach-km", interactive: false }).addTo(map);
    }
    // The smaller above the larger, so that none hides another.
    for (const spot of places.spots) {
      const radius = LEAST + (MOST - LEAST) * Math.sqrt(Math.max(0, spot.reports - 1) / Math.max(1, most - 1));
      const mark = L.circleMarker([spot.lat, spot.lon], { radius, className: spot.wide ? "spot wide-spot" : "spot" }).addTo(map);
      mark.bindPopup(() => describe(spot), { maxWidth: Math.min(320, box.clientWidth - 70), minWidth: 200, maxHeight: Math.min(360, box.clientHeight - 110), autoPanPaddingTopLeft: [12, 48], autoPanPaddingBottomRight: [12, 12] });
      mark.bindTooltip(make("span", spot.name), { direction: "top", offset: [0, -radius] });
      const path = mark.getElement();
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.setAttribute("aria-label", spot.name);
      path.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); mark.openPopup(); } });
      marks.set(spot.id, mark);
    }
    const names = places.spots.slice(0, 40).map((spot) => L.tooltip({ permanent: true, direction: "right", className: "place-name", offset: [marks.get(spot.id).getRadius() - 4, 0] }).setLatLng([spot.lat, spot.lon]).setContent(make("span", spot.name)));
    const settle = () => {
      const taken = [];
      for (const name of names) {
        name.addTo(map);
        const { left, right, top, bottom } = name.getElement().getBoundingClientRect();
        if (taken.some((one) => left < one.right && one.left < right && top < one.bottom && one.top < bottom)) name.remove();
        else taken.push({ left, right, top, bottom });
      }
    };
    map.on("zoomend", settle);
    settle();
    document.getElementById("near").addEventListener("click", showNear);
    document.getElementById("whole").addEventListener("click", () => map.fitBounds(bound(places.spots), { padding: [40, 40], maxZoom: 8 }));
    // A wheel scrolls the page until the map is what is worked with.
    map.on("click focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.on("popupopen", (event) => {
      const shut = event.popup.getElement().querySelector(".leaflet-popup-close-button");
      shut.setAttribute("aria-label", box.dataset.close);
    });
    for (const row of document.querySelectorAll("[data-place]")) {
      const button = row.querySelector("button.show"), mark = marks.get(row.dataset.place);
      button.hidden = false;
      button.addEventListener("click", () => { box.scrollIntoView({ block: "nearest" }); map.setView(mark.getLatLng(), Math.max(map.getZoom(), 5), { animate: false }); mark.openPopup(); });
    }
  }

  Promise.all([box.dataset.world, box.dataset.from].map((where) => fetch(where).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))))
    .then(([world, places]) => draw(world, places))
    .catch((error) => { document.getElementById("island").hidden = true; console.warn(error); });
})();
