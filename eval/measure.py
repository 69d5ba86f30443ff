"""Measure sayso on labelled data and write the table into ``docs/accuracy.md``.

Each row runs a command of sayso as a user would and scores what it printed. The data lies beside the checkout
(``../shared``, or the folder given as first argument); a row whose data is absent is skipped and says so. Matter that
nobody tuned for lies in ``eval/fresh`` and is always measured.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAYSO = [sys.executable, "-m", "sayso.cli"]
PAGE = ROOT / "docs" / "accuracy.md"
BEGIN, END = "<!-- table begins -->", "<!-- table ends -->"


@dataclass(frozen=True)
class Figure:
    """One measured figure: what was measured, the measure's name, the figure reached and what was asked."""

    what: str
    measure: str
    reached: float | str
    asked: float | str
    of: str = ""


def run_sayso(*words: str) -> str:
    """The standard output of a command of sayso; a failed one ends the measuring with its message."""
    done = subprocess.run([*SAYSO, *words], capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"sayso {' '.join(words)} failed:\n{done.stderr}")
    return done.stdout


def score(shared: Path, kind: str, gold: Path, predicted: str, *words: str) -> Any:
    """What the scorer says of the predicted rows; `words` are further arguments of its."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf8") as file:
        file.write(predicted)
        file.flush()
        scorer = [sys.executable, str(shared / "eval" / "score.py"), kind, str(gold), file.name, *words]
        return json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout)


def measure_attributions(shared: Path) -> Iterator[Figure]:
    """Attributions on PolNeAR's development part."""
    gold = shared / "data" / "attribution" / "dev.jsonl"
    found = score(shared, "attribution", gold, run_sayso("read", str(gold), "--format", "jsonl"))
    whole = found["whole_attribution_overlap"]
    yield Figure("attributions (PolNeAR dev)", "whole, overlap F1", whole["f1"], 80, f"{whole['n']} attributions")
    for role, asked in (("source", 80), ("cue", 72), ("content", 68)):
        yield Figure("attributions (PolNeAR dev)", f"{role}, exact F1", found[role]["exact"]["f1"], asked)


def measure_times(shared: Path) -> Iterator[Figure]:
    """Time expressions on MEANTIME."""
    gold = shared / "data" / "times" / "dev.jsonl"
    found = score(shared, "times", gold, run_sayso("read", str(gold), "--format", "jsonl"))
    for measure, asked in (("relaxed", 93), ("value", 85)):
        yield Figure("times (MEANTIME)", f"{measure} F1", found[measure]["f1"], asked, f"{found[measure]['n']} times")


def measure_places(shared: Path) -> Iterator[Figure]:
    """Places on LGL and GeoVirus."""
    for name, tagging, reach in (("lgl", 72, 55), ("geovirus", 87, 78)):
        gold = shared / "data" / "places" / f"{name}.jsonl"
        found = score(shared, "places", gold, run_sayso("read", str(gold), "--format", "jsonl"))
        tagged = found["tagging_exact"]
        yield Figure(f"places ({name})", "tagging F1", tagged["f1"], tagging, f"{tagged['n']} places")
        yield Figure(f"places ({name})", "within 161 km, end to end", found["acc161_end_to_end"], reach)


def measure_specs(shared: Path) -> Iterator[Figure]:
    """Times, numbers and units on the specifications of Recognizers-Text."""
    from figures import fail_dimensions, fail_numbers
    from recognizers import load_specs, score_times

    folder = shared / "data" / "recognizers"
    specs = load_specs(folder / "DateTimeModel.json")
    times = score_times(specs)
    of = f"{times.of} sentences like news, of {len(specs)}"
    yield Figure("times (Recognizers-Text)", "% passed", times.percent, 70, of)
    for name, what, fail, asked in (
        ("NumberModel", "numbers", fail_numbers, 90),
        ("DimensionModel", "units", fail_dimensions, 80),
    ):
        specs = load_specs(folder / f"{name}.json")
        passed = round(100 * (1 - len(fail(specs)) / len(specs)), 1)
        yield Figure(f"{what} (Recognizers-Text)", "% passed", passed, asked, f"{len(specs)} sentences")


def measure_story_values(shared: Path) -> Iterator[Figure]:
    """How many of the Kursk story's figures and dates are found in the report they are of."""
    from figures import is_found, list_gold

    story = shared / "stories" / "kursk"
    readings = {r["id"]: r for r in map(json.loads, read_lines("read", str(story / "reports"), "--format", "jsonl"))}
    found = [is_found(unit, value, readings[value["report"]]) for unit, value in list_gold(story)]
    yield Figure(
        "figures and dates (Kursk story)",
        "% found",
        round(100 * sum(found) / len(found), 1),
        80,
        f"{len(found)} values",
    )


def measure_events(shared: Path) -> Iterator[Figure]:
    """Types of conflict events, two samples a type."""
    from events import score_events

    for measure, reached, of in score_events(shared):
        yield Figure("events (30 types)", measure, reached, 60, of)


def measure_origins(shared: Path) -> Iterator[Figure]:
    """Shared origins on the Kursk story."""
    story = shared / "stories" / "kursk"
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "sayso.db")
        run_sayso("add", str(story / "reports"), "--ledger", ledger)
        printed = run_sayso("origins", "--ledger", ledger, "--format", "jsonl")
    found = score(shared, "origins", story / "gold.json", printed)
    yield Figure("origins (Kursk story)", "same-origin pairs F1", found["same_origin_pairs"]["f1"], 55, "32 reports")
    yield Figure("origins (Kursk story)", "B-cubed F1", found["b_cubed_f1"], "")


def measure_points(shared: Path) -> Iterator[Figure]:
    """Points of the Kursk story: claims grouped, relations named, independent origins counted (see ``points.py``)."""
    from points import score_points, sum_up

    story = shared / "stories" / "kursk"
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "sayso.db")
        run_sayso("add", str(story / "reports"), "--ledger", ledger)
        points = json.loads(run_sayso("points", "--ledger", ledger, "--format", "json"))
    readings = [json.loads(line) for line in read_lines("read", str(story / "reports"), "--format", "jsonl")]
    matches = score_points(
        json.loads((story / "gold.json").read_text(encoding="utf8")),
        points,
        {reading["id"]: reading["text"] for reading in readings},
        {claim["id"]: (claim["start"], claim["end"]) for reading in readings for claim in reading["claims"]},
    )
    wanted = ((70, "pairs"), (60, "relations"), (70, "points"))
    for (measure, (reached, of)), (asked, what) in zip(sum_up(matches).items(), wanted, strict=True):
        yield Figure("points (Kursk story)", measure, reached, asked, f"{of} {what}")


def measure_relations(shared: Path) -> Iterator[Figure]:
    """What a headline does to a claim. (`relations-dev` is no measure: fresh pairs score half of what it does.)"""
    for name, field, what, measure, asked in (("emergent-dev", "stance", "stances (Emergent)", "accuracy", 70),):
        gold = shared / "data" / "pairs" / f"{name}.jsonl"
        found = score(shared, "pairs", gold, run_sayso("compare", str(gold), "--format", "jsonl"), field)
        size = sum(label["n"] for label in found["per_label"].values())
        yield Figure(what, measure.replace("_", " "), found[measure], asked, f"{size} pairs, none learnt from")


def measure_checks(shared: Path) -> Iterator[Figure]:
    """Every report of the Kursk story, and the seed, checked against the other reports."""
    from checks import score_checks

    story, seed = shared / "stories" / "kursk", shared / "seed" / "article.txt"
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "sayso.db")
        run_sayso("add", str(story / "reports"), "--ledger", ledger)
        rows = [json.loads(r) for r in read_lines("check", str(story / "reports"), "--ledger", ledger, "-f", "jsonl")]
        about_seed = json.loads(run_sayso("check", str(seed), "--ledger", ledger, "--format", "jsonl"))
    for measure, reached, of in score_checks(story, rows):
        yield Figure("checks (Kursk story)", measure, reached, 5 if "planted" in measure else "", of)
    alarms = [f for f in about_seed["flags"] if f["kind"] == "contradicted" and "summer of 2023" in f["quote"]]
    yield Figure("checks (the seed)", "its wrong year found", len(alarms), 1)


def measure_plants(shared: Path) -> Iterator[Figure]:
    """Errors planted by script in copies of the Kursk story's reports and of the example's."""
    from plants import score_plants

    from sayso.journey import read_all
    from sayso.record import Reading

    for name, folder in (("Kursk story", shared / "stories/kursk/reports"), ("example", ROOT / "examples/baltimore")):
        scored, elsewhere = score_plants([r for r in read_all([str(folder)]) if isinstance(r, Reading)])
        found, planted = (sum(counts[n] for counts in scored.values()) for n in (0, 1))
        of = "; ".join(f"{kind} {a} of {b}" for kind, (a, b) in scored.items())
        yield Figure(f"errors planted in copies ({name})", "% found", round(100 * found / planted, 1), "", of)
        yield Figure(f"errors planted in copies ({name})", "alarms elsewhere", elsewhere, "", f"{planted} copies")


def measure_chains(shared: Path) -> Iterator[Figure]:
    """How many of the Kursk story's values with a source lie in a claim whose chain names that source."""
    story = shared / "stories" / "kursk"
    readings = {r["id"]: r for r in map(json.loads, read_lines("read", str(story / "reports"), "--format", "jsonl"))}
    gold = json.loads((story / "gold.json").read_text(encoding="utf8"))
    named = total = 0
    for value in (v for point in gold["points"] for v in point["values"] if v.get("source")):
        reading = readings[value["report"]]
        start = reading["text"].index(value["text"])
        claims = [c for c in reading["claims"] if c["start"] < start + len(value["text"]) and start < c["end"]]
        total += 1
        named += any(names_source(value["source"], list_chain(reading, c)) for c in claims)
    yield Figure("chains (Kursk story)", "% of values whose source is named", round(100 * named / total, 1), 80)


def read_lines(*words: str) -> list[str]:
    """The lines that a command of sayso prints."""
    return run_sayso(*words).splitlines()


def list_chain(reading: Any, claim: Any) -> list[str]:
    """Everybody in a claim's chain: the outlet, the wire in whose name the report is, relayed outlets, the speaker."""
    chain = [reading["outlet"]]
    if claim["attribution"] is None:
        return [*chain, reading["author"], OWN_VOICE]
    found = reading["attributions"][claim["attribution"]]
    speaker = found["speaker"] or {}
    return [*chain, *found["via"], *(speaker.get(key, "") for key in ("name", "role", "affiliation"))]


OWN_VOICE = "own voice"
NOBODY = ("no source", "columnist")


def names_source(wanted: str, chain: list[str]) -> bool:
    """Whether a chain names a gold source: the same institution, or a shared word of its name."""
    from sayso.who.institutions import find_institution
    from sayso.who.names import fold_name

    if wanted.startswith(NOBODY):
        return OWN_VOICE in chain
    small = {"an", "a", "the", "of", "and", "source", "official"}
    for part in re.split(r",|\(|\)| to the | citing | as told by |ascribed to|really|quoted by", wanted):
        for link in filter(None, chain):
            one, other = find_institution(part), find_institution(link)
            if one and other and one.name and one.name == other.name:
                return True
            if (set(fold_name(part)) & set(fold_name(link))) - small:
                return True
    return False


def measure_forecasts(shared: Path) -> Iterator[Figure]:
    """Brier scores of published forecasts, to be reproduced to four decimals."""
    from forecasts import score_forecasts

    for name, measure, reached, wanted, of in score_forecasts(shared, run_sayso):
        yield Figure(f"scores ({name})", f"Brier, {measure.replace('_', ' ')}, exactly", reached, wanted, of)


def measure_seed(shared: Path) -> Iterator[Figure]:
    """What a brief of the Kursk story and the seed article must show."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "sayso.db")
        run_sayso("add", str(shared / "stories/kursk/reports"), str(shared / "seed/article.txt"), "--ledger", ledger)
        brief = json.loads(run_sayso("brief", "--ledger", ledger, "--format", "json"))
    told = {section["id"]: section["sentences"] for section in brief["sections"]}
    claims = brief["claims"]

    def says(section: str, *words: str) -> bool:
        return any(
            all(w in " ".join([s["text"], s["detail"], *(claims[c]["text"] for c in s["claims"])]) for w in words)
            for s in told.get(section, ())
        )

    away = {claims[s["claims"][0]]["origin"] for s in told.get("absences", ()) if "Seen again" not in s["text"]}
    shown = {
        "absence, two weeks": says("absences", "two weeks", "New York Times"),
        "absence, three weeks": says("absences", "three weeks", "Kindratenko"),
        "absence, two origins or more": len(away) >= 2,
        "troops sent, a line a source": says("estimates", "were sent"),
        "casualties, a line a source": says("estimates", "were killed or wounded"),
        "Moscow denies": says("positions", "denied", "Russia"),
        "Moscow declines to comment": says("positions", "Peskov", "declined"),
        "reported back on 7 February": says("absences", "Seen again", "7 Feb 2025"),
    }
    missing = [name for name, found in shown.items() if not found]
    yield Figure(
        "the seed's brief", "parts shown", sum(shown.values()), len(shown), "; ".join(missing) or "all of them"
    )


def measure_dispatches(shared: Path) -> Iterator[Figure]:
    """The main job on 284 real dispatches: seconds, and whether every claim's words stand where it says."""
    path = shared / "data" / "kursk" / "reports.jsonl"
    texts = {str(r["id"]): r["text"] for r in map(json.loads, path.read_text(encoding="utf8").splitlines())}
    began = time.perf_counter()
    brief = json.loads(run_sayso("brief", str(path), "--format", "json"))
    seconds = time.perf_counter() - began
    cited = brief["claims"].values()
    exact = sum(texts[c["report"]][c["start"] : c["end"]] == c["text"] for c in cited)
    yield Figure("real dispatches (284)", "seconds, under", round(seconds), 60)
    yield Figure("real dispatches (284)", "cited claims whose words stand at their span", exact, len(cited))


def measure_fresh(_: Path) -> Iterator[Figure]:
    """Matter that nobody tuned for, which lies in ``eval/fresh``: figures to be read, with no floor."""
    from unseen import score_fresh

    for what, measure, reached, of in score_fresh(run_sayso):
        yield Figure(what, measure, reached, "", of)


def measure_hypotheses(shared: Path) -> Iterator[Figure]:
    """The ranking of the Kursk story's hypotheses against plain arithmetic, and when an indicator fires."""
    from hypotheses import score_hypotheses, score_indicators

    story = shared / "stories" / "kursk"
    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "sayso.db")
        run_sayso("add", str(story / "reports"), "--ledger", ledger)
        for measure, reached, wanted, of in score_hypotheses(story, ledger, run_sayso):
            yield Figure("hypotheses (Kursk story)", measure, reached, wanted, of)
    for measure, when, wanted_when in score_indicators(story, run_sayso):
        yield Figure("indicators (Kursk story)", measure, when, wanted_when)


def measure_questions(shared: Path) -> Iterator[Figure]:
    """How the ledger ends questions."""
    from questions import score_questions

    for measure, reached, asked, wrong in score_questions(shared / "stories" / "kursk"):
        yield Figure("questions", measure, reached, asked, f"not: {wrong}" if wrong else "all")


MEASURES: tuple[tuple[str, Callable[[Path], Iterator[Figure]]], ...] = (
    ("data/attribution/dev.jsonl", measure_attributions),
    ("data/times/dev.jsonl", measure_times),
    ("data/places", measure_places),
    ("data/recognizers", measure_specs),
    ("stories/kursk/gold.json", measure_story_values),
    ("data/events/case-samples.jsonl", measure_events),
    ("stories/kursk/gold.json", measure_origins),
    ("stories/kursk/gold.json", measure_points),
    ("data/pairs", measure_relations),
    ("stories/kursk/gold.json", measure_checks),
    ("stories/kursk/gold.json", measure_plants),
    ("stories/kursk/gold.json", measure_chains),
    ("data/forecasts", measure_forecasts),
    ("stories/kursk/gold.json", measure_hypotheses),
    ("stories/kursk/gold.json", measure_questions),
    ("seed/article.txt", measure_seed),
    ("data/kursk/reports.jsonl", measure_dispatches),
    ("eval/fresh", measure_fresh),
)


def draw_table(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| what | measure | reached | at least | of |", "|---|---|---|---|---|"]
    lines += [f"| {f.what} | {f.measure} | **{f.reached}** | {f.asked} | {f.of} |" for f in figures]
    return "\n".join(lines)


def write_page(table: str) -> None:
    """Put the table between its marks on the accuracy page."""
    page = PAGE.read_text(encoding="utf8")
    head, rest = page.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    PAGE.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf8")


def main(shared: Path) -> None:
    """Measure all that there is data for, print one table, write it down."""
    figures: list[Figure] = []
    skipped = []
    for data, measure in MEASURES:
        if any((base / data).exists() for base in (shared, ROOT)):
            figures.extend(measure(shared))
        else:
            skipped.append(f"skipped: no {data} under {shared}")
    if figures:
        print(draw_table(figures))
    for line in dict.fromkeys(skipped):
        print(line)
    if figures and not skipped:
        write_page(draw_table(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared")
