import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.mastheads import (
    find_day,
    find_masthead,
    find_saved_address,
    join_letters,
    match_copyright,
    name_file,
    title_words,
)
from sayso.read.reports import Content, Facts, name_outlet
from sayso.read.texts import read_markdown, read_text
from sayso.record import Report

NAMED = [
    ("T H E V A L L E Y C O U R I E R\n\nDam gives way above the town\n\nThe dam", "The Valley Courier"),
    ("U P P E R T A R N\n\nDam gives way above the town\n\nThe Upper Tarn was told so. The dam", ""),
    ("T H E   V A L L E Y   C O U R I E R\n\nDam gives way above the town\n\nThe dam", "The Valley Courier"),
    ("MINISTRY OF WATER — PRESS OFFICE\nStatement on the dam\n\nThe ministry", "Ministry of Water"),
    ("The Valley Courier, 3 May 2031\n\nDam gives way above the town\n\nThe dam", "The Valley Courier"),
    ("The Upper Meadow | Tuesday, 3 May 2031\nDam gives way above the town\nThe dam", "The Upper Meadow"),
    ("VALLEY COURIER\nDam gives way above the town\n\nThe Valley Courier has seen it.", "Valley Courier"),
    ("# Radio Tarn\n\n## Dam gives way above the town\n\nThe dam", "Radio Tarn"),
    ("TARN POLICE\nPress release No. 14\n\nThe dam", "Tarn Police"),
    ("Office of the Governor of Tarn\n3 May 2031\n\nStatement\n\nThe governor", "Office of the Governor of Tarn"),
    ("Publisher: Upper Meadow Notes\nDam gives way\n\nThe dam", "Upper Meadow Notes"),
    ("МИНИСТЕРСТВО ВОДЫ — ПРЕСС-СЛУЖБА\n3 мая 2031\n\nПлотина", "Министерство Воды"),
    ("Dam gives way\n\nThe dam.\n\n© 2031 Valley Courier. All rights reserved.", "Valley Courier"),
    ("UPPER MEADOW\n3 May 2031\n\nThe dam gave way.\n\nCopyright 2031 Upper Meadow", "Upper Meadow"),
    ("BBC NEWS\nDam gives way above the town\n\nThe dam", "BBC News"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_masthead_is_named(text: str, name: str) -> None:
    assert find_masthead(text)[0] == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "DAM GIVES WAY ABOVE TARN; NINE MISSING, POLICE SAY\n\nTARN, MAY 3 - POLICE SAID NINE WERE MISSING.",
        "DAM GIVES WAY ABOVE TARN\nNINE STILL MISSING IN THE VALLEY\n\nPolice said so.",
        "B R E A K I N G\n\nDam gives way above the town\n\nThe dam",
        "LATEST NEWS\n\nDam gives way above the town\n\nThe dam",
        "The Hague, 3 May 2031\n\nDam gives way above the town\n\nThe dam",
        "Tarn, 3 May 2031\nDam gives way above the town\n\nThe dam",
        "MINISTRY OF WATER DENIES REPORT\nDam was fit to hold\n\nThe dam",
        "POLICE SHUT CENTRAL BANK\nThousands queue for their money\n\nThe bank",
        "Protesters Storm Valley Radio\nPolice fire tear gas at them\n\nThe station",
        "Press briefing, 4 February 2031\n\nMS. ORR: Good morning.",
        "Valley Courier",  # Nothing under it.
        "Newspaper: Minister used two letters at Tarn.\n\nThe minister",
        "Sun\nDam gives way above the town\n\nThe dam",
        "A sentence that mentions the Valley Courier.\n\nAnother.",
        "Photo © Ann Orr\n\nDam gives way\n\nThe dam",
        "Dam gives way\n\nThe dam.\n\n© 2031 Ann Orr",
        "سد ينهار فوق المدينة\n\nقالت الشرطة إن تسعة فقدوا.",
        "水坝在小镇上方崩塌\n\n警方说九人失踪。",
        "ALL CAPITALS " * 400,
    ],
)
def test_no_masthead_is_made_up(text: str) -> None:
    assert find_masthead(text)[0] == ""


def test_words_of_the_file_and_address_vouch_for_a_name() -> None:
    text = "THE MEADOW\n\nDam gives way above the town\n\nThe dam"
    assert find_masthead(text)[0] == ""
    assert find_masthead(text, "upper.example The-Meadow")[0] == "The Meadow"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("03-valley-courier-live.txt", "Valley courier live"),
        ("/a/b/2031-05-03_valley_courier.pdf", "Valley courier"),
        ("20310503T1015 Valley Courier (2).docx", "Valley Courier"),
        ("valley-courier-2.html.gz", "Valley courier 2"),  # Another file than the first one's.
        ("valley%20courier.html", "Valley courier"),
        ("C:\\reports\\tarn.police.statement.eml", "Tarn police statement"),
        ("новости.txt", "Новости"),
        ("水坝.txt", "水坝"),
        ("01.txt", ""),
        ("20310503.txt", ""),
        ("d41d8cd98f00b204e9800998ecf8427e.html", ""),
        ("page-1a2b3c4d.htm", ""),
        ("article-3.txt", ""),
        ("Untitled document.docx", ""),
        ("a.txt", ""),
        ("-", ""),
        ("https://valley.example/dam", ""),
        ("", ""),
        ("x" * 5_000 + ".txt", ""),
    ],
)
def test_file_names(path: str, name: str) -> None:
    assert name_file(path) == name


def test_order_of_what_names_the_outlet() -> None:
    body = "Dam gives way above the town\n\nThe dam gave way."
    every = Facts(url="https://www.valley.example/1", site="Feed of the Valley", file="tarn-notes.txt")
    assert name_outlet(f"The Valley Courier, 3 May 2031\n{body}", every) == "The Valley Courier"
    assert name_outlet(body, every) == "valley.example"
    assert name_outlet(body, Facts(url="https://www.reuters.com/world/1")) == "Reuters"
    assert name_outlet(body, Facts(url="https://x.com/somebody/1")) == "x.com"  # Anybody posts there.
    assert name_outlet(body, Facts(site="Feed of the Valley", file="tarn-notes.txt")) == "Feed of the Valley"
    assert name_outlet(body, Facts(file="tarn-notes.txt")) == "Tarn notes"
    assert name_outlet(body, Facts(file="7.txt")) == ""


def read_one(text: str, name: str = "7.txt", markdown: bool = False) -> Report:
    (report,) = (read_markdown if markdown else read_text)(Content(content=text.encode("utf8"), name=name))
    assert isinstance(report, Report)
    return report


def test_text_says_of_itself_what_its_top_lines_say() -> None:
    text = (
        "THE VALLEY COURIER\nTuesday, 3 May 2031\n\nDam gives way above the town\nBy Ann Orr, water editor\n\n"
        "The dam gave way, police said.\n\nSaved from https://valley.example/dam"
    )
    report = read_one(text)
    assert report.text == text
    assert (report.outlet, report.author) == ("The Valley Courier", "Ann Orr")
    assert report.published is not None and report.published.date().isoformat() == "2031-05-03"
    assert (report.url, report.title) == ("https://valley.example/dam", "Dam gives way above the town")


def test_front_matter_wins_over_the_masthead() -> None:
    body = "The Valley Courier, 3 May 2031\n\n# Dam gives way above the town\n\nThe dam gave way."
    given = read_one(f"---\noutlet: Tarn Notes\ndate: 2031-05-09\n---\n{body}", markdown=True)
    assert given.outlet == "Tarn Notes" and given.published_words == "2031-05-09"
    assert read_one(f"---\npublisher: Tarn Notes\n---\n{body}", markdown=True).outlet == "Tarn Notes"
    bare = read_one(body, markdown=True)
    assert (bare.outlet, bare.title) == ("The Valley Courier", "Dam gives way above the town")
    assert read_one("First line of a text here\n\nThe dam gave way.").title == ""
    assert read_one("Just words of somebody.", "tarn-notes.md", markdown=True).outlet == "Tarn notes"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 May 2031\n\nDam gives way", "3 May 2031"),
        ("Dam gives way\nPublished 3 May 2031 at 10:15 GMT\n\nThe dam", "Published 3 May 2031 at 10:15 GMT"),
        ("Battle of Tarn, 3 May 1943\n\nThe battle", ""),
        ("Dam gave way on 3 May 2031\n\nThe dam", ""),
        ("03/04/2031\n\nDam gives way", ""),
    ],
)  # fmt: skip
def test_day_at_the_top(text: str, day: str) -> None:
    assert find_day(text, None) == day


def test_saved_address_is_on_a_line_of_its_own() -> None:
    assert find_saved_address("Source: https://valley.example/1\n\nThe dam") == "https://valley.example/1"
    assert find_saved_address("The dam\n\nSaved from <https://valley.example/1>") == "https://valley.example/1"
    assert find_saved_address("He wrote at https://valley.example/1 that\n\nthe dam") == ""


def test_capitals_and_letters_with_spaces() -> None:
    assert title_words("PORT AUTHORITY OF TARN") == "Port Authority of Tarn"
    assert title_words("BBC NEWS") == "BBC News"
    assert title_words("Valley Courier") == "Valley Courier"
    assert join_letters("V A L L E Y   P O S T") == ("VALLEY POST", True)
    assert join_letters("A vitamin C a day") == ("A vitamin C a day", False)
    assert match_copyright("Copyright © 2030-2031 by Valley Courier Ltd") == "Valley Courier Ltd"
    assert match_copyright("The copyright of 2031 is theirs") == ""


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_has_one_name_or_none(text: str, hints: str) -> None:
    name, span = find_masthead(text, hints)
    assert "\n" not in name
    assert span is None or text[slice(*span)].strip()
    assert isinstance(name_file(hints), str)


@pytest.mark.parametrize("text", ["A " * 5_000_000, "\n" * 5_000_000, "© " * 2_000_000, "T H E   A\n" * 500_000])
def test_ten_megabytes_take_no_time(text: str) -> None:
    begun = time.process_time()
    find_masthead(text, "x")
    find_day(text, None)
    find_saved_address(text)
    assert time.process_time() - begun < 2
