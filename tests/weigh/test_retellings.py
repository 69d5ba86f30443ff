"""Reports that share an origin though neither says so, by named signs."""

from datetime import datetime, timedelta

from sayso.extract import read_report
from sayso.record import Reading, Report
from sayso.tables import load_rows
from sayso.weigh.origins import Trail, trace_origins
from sayso.weigh.retellings import load_weights, weigh_signs

START = datetime.fromisoformat("2031-05-01T09:00:00+00:00")

FIRST = (
    "A cable of the Kolm lift snapped on Sunday and 14 skiers hung over the Ravna gorge for five hours.\n"
    "The winch had been greased with cooking oil since January, two mechanics told the Lantern."
)
RETOLD = (
    "For five hours 14 skiers dangled above the Ravna gorge when a cable at the Kolm lift broke on Sunday.\n"
    "Cooking oil had been smeared on the winch since January."
)
OTHER = "The council of Brunn raised the fare on its trams to four crowns from June. A day pass will cost eleven."


def read(name: str, text: str, outlet: str, hours: int) -> Reading:
    published = START + timedelta(hours=hours)
    return read_report(Report(id=name, text=text, outlet=outlet, published=published, published_exact=True))


def test_what_is_retold_without_credit_shares_an_origin_and_other_matter_does_not() -> None:
    readings = [
        read("a", FIRST, "The Lantern", 0),
        read("b", RETOLD, "Newsmill", 5),
        read("c", OTHER, "Brunn Courier", 6),
    ]
    told = {p.report: p for p in trace_origins(readings)[0]}
    assert set(told["a"].origins) & set(told["b"].origins)
    assert not set(told["a"].origins) & set(told["c"].origins)
    assert any(link.report == "a" for link in told["b"].because)


def test_the_signs_are_named_and_each_says_what_it_added() -> None:
    trail = Trail([read("a", FIRST, "The Lantern", 0), read("b", RETOLD, "Newsmill", 5)])
    probability, reasons = weigh_signs(trail.retellings.find_signs(1, 0))
    assert 0 < probability < 1
    assert {name for name, _ in reasons} <= set(load_weights())
    assert [abs(added) for _, added in reasons] == sorted((abs(added) for _, added in reasons), reverse=True)


def test_every_sign_has_a_weight() -> None:
    trail = Trail([read("a", FIRST, "The Lantern", 0), read("b", RETOLD, "Newsmill", 5)])
    rows = {row["sign"] for row in load_rows("retelling_steps.tsv")}
    assert rows == {"always", *trail.retellings.find_signs(1, 0)}


def test_hours_that_two_logs_have_in_common_make_no_retelling() -> None:
    """Two digits of the clock agree by chance however rare they are."""
    log = "07:09 The gate is shut.\n09:10 A lorry turns.\n10:14 Rain.\n14:40 The guard changes."
    posts = "07:09 I signed it.\n09:10 Nobody asked me.\n10:14 I say no more.\n14:40 My train leaves at noon."
    trail = Trail([read("a", log, "Border Log", 0), read("b", posts, "Posts of a minister", 30)])
    assert trail.kin.count_rare(1, 0) == 0
    assert trail.parents[1] is None
