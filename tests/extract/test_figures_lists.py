"""Lists of counts, a line each: parts of what the line above them says; and lists that count nothing."""

from sayso.extract.figures import find_figures
from sayso.extract.parsers import parse_text
from sayso.record import Figure, Reading, Report


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a text."""
    return find_figures(Reading(report=Report(id="r", text=text)), parse_text(text)).figures


def test_lines_under_a_count_are_its_parts() -> None:
    text = (
        "Situation at noon.\n\n- Dead: 31 (so far)\n  - Nordal 22\n  - Ostby 5\n  - At sea (MS Vera) 4\n- Missing: 6\n"
    )
    whole, *parts, missing = figures_of(text)
    assert (whole.low, whole.unit, whole.state, whole.part) == (31, "person", "killed", "")
    assert [part.low for part in parts] == [22, 5, 4]
    assert {(p.unit, p.state, p.part, p.part_of) for p in parts} == {
        ("person", "killed", "subset", (whole.start, whole.end))
    }
    assert (missing.low, missing.state, missing.part) == (6, "missing", "")


def test_lines_under_a_heading_count_what_it_says() -> None:
    text = "Passengers by passport:\n\n- Kenya 31\n- Oman 22\n- South Africa 3\n\nThe ship has sailed.\n"
    assert [(f.low, f.unit, f.of, f.part) for f in figures_of(text)] == [
        (31, "person", "passengers", "subset"),
        (22, "person", "passengers", "subset"),
        (3, "person", "passengers", "subset"),
    ]


def test_names_with_counts_in_a_row() -> None:
    text = "Crew list\n- Left aboard PHL 7, IND 3, GEO 2\n- Put off: 710, of which San Pedro 290\n"
    assert [f.low for f in figures_of(text)] == [7, 3, 2, 710, 290]


def test_lines_of_numbered_things_count_nothing() -> None:
    for lines in (
        "Closed:\n- Route 17\n- Route 18",
        "See:\n- Section 4\n- Chapter 5",
        "Tested:\n- Orbit 15\n- Orbit 24",
    ):
        assert figures_of(lines + "\n") == ()
    assert figures_of("Dates:\n- Call 020 7946 0958\n- Boeing 737\n- Version 1.2.3\n") == ()
