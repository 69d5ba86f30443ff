"""The tables that origins stand on, and how names are found in them."""

import pytest

from sayso.record import Report
from sayso.tables import load_rows
from sayso.weigh.citations import find_citations, gather_outlets
from sayso.weigh.copies import find_copies
from sayso.weigh.details import Rarity, find_details, stem
from sayso.who.institutions import find_institution, fold, load_branches
from sayso.who.names import same_person

COUNTRIES = {row["iso"] for row in load_rows("places/countries.tsv")} | {"INT", "EU"}


def test_every_institution_has_a_country_and_a_branch_of_the_tables():
    branches = {*load_branches()[1], "organisation"}
    for row in load_rows("institutions.tsv"):
        assert row["country"] in COUNTRIES, row
        assert row["branch"] in branches, row


def test_no_outlet_is_listed_twice_and_every_kind_is_known():
    rows = load_rows("outlets.tsv")
    names = [row["name"] for row in rows]
    assert len(names) == len(set(names))
    assert {row["kind"] for row in rows} <= {
        "wire", "newspaper", "magazine", "broadcaster", "agency", "site", "aggregator", "platform", "satire"
    }  # fmt: skip


def test_country_codes_are_unique_and_titles_are_single_words():
    codes = [row["iso"] for row in load_rows("places/countries.tsv")]
    assert len(codes) == len(set(codes))
    assert all(" " not in row["word"] for row in (*load_rows("titles.tsv"), *load_rows("common-words.tsv")))


@pytest.mark.parametrize(
    ("words", "name", "group"),
    [
        ("the WHO", "World Health Organization", "World Health Organization"),
        ("a colonel, who asked for tea", "", None),
        ("Japan's coast guard", "Japan: military", "Japan: government"),
        ("the Peruvian foreign minister", "Peru: foreign", "Peru: government"),
        ("Kenya's ambassador to the United Nations", "Kenya: foreign", "Kenya: government"),
        ("Nairobi", "Kenya", "Kenya: government"),
        ("Chilean police", "Chile: police", "Chile: police"),
        ("us", "", None),
    ],
)
def test_words_find_their_institution(words, name, group):
    found = find_institution(words)
    assert (found.name if found else "") == name
    assert group is None or (found is not None and found.group == group)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Yevhen Mykhailenko", "Evgeny Mikhaylenko", True),
        ("Serhiy Holovaty", "Serhii Holovatyi", True),
        ("Dmitriy Alekseyev", "Dmitry Alexeyev", True),
        ("Lindqvist", "Karin Lindqvist", True),
        ("Karin Lindqvist", "Olof Lindqvist", False),
        ("Park Min-jun", "Park Seo-yeon", False),
    ],
)
def test_spellings_of_one_name_agree(a, b, same):
    assert same_person(a, b) is same
    assert same_person(b, a) is same


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("The quay has sunk, Le Monde reported on Friday.", "", [("Le Monde", "relay")]),
        ("The quay has sunk, the mayor told Le Monde.", "", [("Le Monde", "venue")]),
        ("LILLE (Reuters) - The quay has sunk.", "", [("Reuters", "byline")]),
        ("The quay has sunk. - AFP", "", [("Agence France-Presse", "byline")]),
        ("The quay has sunk.", "Quay gone - Le Monde", [("Le Monde", "relay")]),
        ("The mayor wrote on Telegram that the quay has sunk.", "", []),
        ("He was a reporter at Le Monde until the quay sank.", "", []),
        ("For the first time the quay is dry.", "", []),
    ],
)
def test_credits_to_outlets_are_found(text, title, expected):
    report = Report(id="a", text=text, title=title, outlet="Hill Gazette")
    found = find_citations(report, gather_outlets([report]))
    assert [(citation.outlet, citation.kind) for citation in found] == expected


def test_stems_join_spellings_and_endings():
    assert stem("armoured") == stem("armored") == stem("armor")
    assert stem("defences") == stem("defenses")
    assert stem("1,300") == stem("1300")
    assert fold("The Süddeutsche Zeitung’s") == "suddeutsche zeitung"


def test_rare_details_outweigh_the_topic():
    texts = [
        find_details(f"Troops took the village of {name} in the valley")
        for name in ("Orla", "Sarn", "Velm", "Lumo", "Orla")
    ]
    rarity = Rarity(texts)
    assert rarity.contain(texts[0], texts[4]) == 1
    assert rarity.contain(texts[0], texts[1]) < 0.8


def test_a_formula_is_no_copy_and_a_reprint_is():
    formula = "The ministry says that its forces have taken the village of {} in the valley."
    body = " ".join(f"Word{n} follows word{n + 1} in order." for n in range(20))
    texts = (formula.format("Orla"), formula.format("Sarn"), body, f"{body} One more line.")
    reports = [Report(id=str(n), text=text) for n, text in enumerate(texts)]
    copies = find_copies(reports, [(0, len(report.text)) for report in reports])
    assert [(copy.child, copy.parent) for copy in copies] == [(3, 2)]
