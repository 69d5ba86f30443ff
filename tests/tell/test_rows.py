"""The JSON face: what other programs read."""

import json

from sayso.record import Brief
from sayso.tell.rows import render_json, row_of_brief


def test_the_row_is_json_and_cites_only_claims_it_holds(brief: Brief) -> None:
    row = json.loads(render_json(brief))
    assert row["title"] == brief.title
    assert row["as_of"] == "2031-03-06T12:00:00Z"
    cited = {claim for s in row["sections"] for sentence in s["sentences"] for claim in sentence["claims"]}
    assert cited <= set(row["claims"])
    assert [s["id"] for s in row["sections"]] == [s.id for s in brief.sections]


def test_a_claim_has_its_words_place_and_chain(brief: Brief) -> None:
    row = row_of_brief(brief)
    texts = {reading.report.id: reading.report.text for reading in brief.picture.readings}
    for claim in row["claims"].values():
        text = texts[claim["report"]]
        assert text[claim["start"] : claim["end"]] == claim["text"]
        assert claim["before"] + claim["text"] + claim["after"] in text
    (missing,) = (c for c in row["claims"].values() if c["text"].startswith("As many as 30"))
    assert missing["chain"] == "Coast & Sea ← Nordblad ← two officials (anonymous)"
    assert missing["via"] == ["Nordblad"]
    assert missing["stance"] == "reports"


def test_reports_stand_in_order_of_publication_the_undated_last(brief: Brief) -> None:
    reports = row_of_brief(brief)["reports"]
    assert [r["published"] for r in reports] == ["2031-03-04", "2031-03-04T06:30:00+02:00", None]


def test_estimates_keep_open_ends(brief: Brief) -> None:
    first = row_of_brief(brief)["estimates"][0]
    assert [(v["low"], v["high"]) for v in first["values"]] == [(12, None), (9, 9)]
