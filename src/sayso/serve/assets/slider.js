// The moment that a page is looked at from, as two handles over the days of the reports. Without this script the same
// is asked by two dates.
const slider = document.querySelector("form.slider[data-days]");
const WAIT = 600; // Milliseconds without a move after which the page is asked for.
const FOCUS = "sayso-slider";

if (slider) {
  fetch(slider.dataset.days, { headers: { accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((days) => days.length > 1 && draw(days), () => {});
}

function draw(days) {
  const DAY = 86400000;
  const first = Date.parse(days[0][0]);
  const count = Math.round((Date.parse(days[days.length - 1][0]) - first) / DAY) + 1;
  const busiest = Math.max(...days.map((day) => day[1]));
  const places = days.map(([day, reports]) => [Math.round((Date.parse(day) - first) / DAY), reports / busiest]);
  const fields = { since: slider.querySelector("#since"), as_of: slider.querySelector("#as-of") };
  const day = (n) => new Date(first + n * DAY).toISOString().slice(0, 10);
  const spoken = document.documentElement.lang; // In English as the pages write dates.
  const named = new Intl.DateTimeFormat(spoken === "en" ? "en-GB" : spoken, { dateStyle: "medium", timeZone: "UTC" });
  const place = (value, otherwise) => {
    if (!value) return otherwise;
    return Math.min(Math.max(Math.round((Date.parse(value) - first) / DAY), 0), count);
  };

  // The lower handle stands before its day, the upper after it.
  const lower = handle("since", "from", "lower", Math.min(place(fields.since.value, 0), count - 1));
  const upper = handle("as-of", "until", "upper", Math.max(fields.as_of.value ? place(fields.as_of.value, count) + 1 : count, 1));
  const track = document.createElement("div");
  track.className = "days";
  track.innerHTML = `<svg viewBox="0 0 ${count} 1" preserveAspectRatio="none" aria-hidden="true"><path class="without"/><path class="within-it"/></svg>`;
  track.append(lower.range, upper.range);
  slider.append(lower.line, upper.line, track);
  slider.classList.add("drawn");
  show();
  const left = sessionStorage.getItem(FOCUS);
  sessionStorage.removeItem(FOCUS);
  if (left) (left === "since-day" ? lower : upper).range.focus({ preventScroll: true });

  let waiting;
  for (const one of [lower, upper]) {
    one.range.addEventListener("input", () => {
      if (+lower.range.value >= +upper.range.value) {
        if (one === lower) lower.range.value = +upper.range.value - 1;
        else upper.range.value = +lower.range.value + 1;
      }
      clearTimeout(waiting);
      show();
    });
    one.range.addEventListener("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => go(one.range), WAIT);
    });
  }

  function handle(id, side, kind, value) {
    const line = document.createElement("p");
    const label = document.createElement("label");
    const said = document.createElement("output");
    const range = document.createElement("input");
    line.className = "handle " + side;
    label.textContent = slider.querySelector(`label[for="${id}"]`).textContent;
    label.htmlFor = said.htmlFor = range.id = id + "-day";
    Object.assign(range, { type: "range", className: kind, min: 0, max: count, value: Math.min(value, count) });
    line.append(label, said);
    return { line, said, range };
  }

  function show() {
    const [from, until] = [+lower.range.value, +upper.range.value];
    say(lower, from ? named.format(first + from * DAY) : slider.dataset.whole);
    say(upper, until < count ? named.format(first + (until - 1) * DAY) : slider.dataset.now);
    slider.classList.toggle("past", until < count);
    const bars = (inside) =>
      places
        .filter(([n]) => (n >= from && n < until) === inside)
        .map(([n, share]) => `M${n + 0.5},1V${0.72 - 0.72 * share}`)
        .join("");
    track.querySelector(".without").setAttribute("d", bars(false));
    track.querySelector(".within-it").setAttribute("d", bars(true));
  }

  function say(one, words) {
    one.said.textContent = words;
    one.range.setAttribute("aria-valuetext", words);
  }

  function go(range) {
    const [from, until] = [+lower.range.value, +upper.range.value];
    fields.since.value = from ? day(from) : "";
    fields.as_of.value = until < count ? day(until - 1) : "";
    const asked = new URLSearchParams(new FormData(slider));
    for (const name of ["since", "as_of"]) if (!asked.get(name)) asked.delete(name);
    sessionStorage.setItem(FOCUS, range.id);
    location.assign(slider.getAttribute("action") + (asked.size ? "?" + asked : ""));
  }
}
