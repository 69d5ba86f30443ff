import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.furniture import drop_furniture, find_byline, find_furniture, is_furniture, name_author


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Orr, water editor",
        "BY ANN ORR",
        "By Ann Orr and Jo Lind in Tarn",
        "By Ann Orr, Jo Lind and Bo de la Cruz | 3 May 2031 10:15",
        "Von Jana Roth, Tarn",
        "Written by Jo Lind",
        "Reporting by Ann Orr; Editing by Jo Lind",
        "Photo: Ann Orr",
        "Continue reading",
        "Continue reading…",
        "Continue reading the main story",
        "Sign up to our newsletter",
        "Sign up for The Valley Brief newsletter",
        "Subscribe to read more",
        "Subscribe to continue reading. Already a subscriber? Log in. Get unlimited access for 1 euro a month.",
        "Advertisement",
        "— ADVERTISEMENT —",
        "Article continues below advertisement",
        "Share this article",
        "Follow us on Telegram",
        "Download our app",
        "Read more: Nine missing after the dam gave way, police say",
        "[Read more](https://valley.example/2)",
        "Lesen Sie auch: Neun Vermisste nach Dammbruch",
        "Click here to comment",
        "We use cookies to give you the best experience on our website.",
        "Accept all cookies",
        "© 2031 Valley Courier. All rights reserved.",
        "Page 3 of 7",
        "The post Dam gives way appeared first on Tarn Notes.",
        "B R E A K I N G",
        "T H E   V A L L E Y   C O U R I E R",
    ],
)
def test_furniture(line: str) -> None:
    assert is_furniture(line)
    assert is_furniture(f"  {line}\t")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By Monday, nine people had died",
        "By Tuesday Night, police arrested him.",
        "By air and sea, the army brought them food",
        "Share prices fell on Monday",
        "Join the army, the minister told students.",
        "“Give us more time”",
        '"Follow us to the shelter"',
        "See our letter to the governor",
        "Help is on the way to our people in the valley",
        "Watch towers burn along the border",
        "Video shows the bridge falling",
        "The regulator said that the site uses cookies",
        "This article was amended on 5 May 2031. An earlier version said that 90 were missing.",
        "Correction: nine people are missing, not 90.",
        "Police said the newsletter was seized",
        "SHE baked cookies for us by day, and by night our harbour master sold the maps",
        "Story: Northern troops in the valley",
        "Nine people are missing.",
        "3 May 2031",
        "12 killed, 40 missing",
        "A B",
        "شارك",
        "x" * 10_000,
    ],
)
def test_what_reports_is_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Orr, water editor", "Ann Orr"),
        ("by Ann Orr", "Ann Orr"),
        ("BY ANN ORR", "Ann Orr"),
        ("By Ann Orr & Jo Lind, Valley Courier", "Ann Orr & Jo Lind"),
        ("By Jean-Luc d'Orr", "Jean-Luc d'Orr"),
        ("Von Jana von Roth", "Jana von Roth"),
        ("By the ministry", ""),
        ("By noon the dam was dry", ""),
        ("By May Day, nine people were dead", ""),
    ],
)
def test_authors(line: str, names: str) -> None:
    assert name_author(line) == names


def test_author_of_a_text_is_the_only_one() -> None:
    assert find_byline("Dam gives way\nBy Ann Orr\n\nThe dam gave way.") == "Ann Orr"
    assert find_byline("First\nBy Ann Orr\n\nText.\n\nSecond\nBy Jo Lind\n\nText.") == ""
    assert find_byline("\n".join(["Text goes on."] * 20) + "\nBy Ann Orr") == ""


def test_lines_within_a_paragraph_are_not_furniture() -> None:
    wrapped = (
        "The governor asked everybody in the upper valley of the Tarn to\n"
        "follow us on Telegram\nand to stay away from the river."
    )
    assert find_furniture(wrapped) == ()
    assert find_furniture("The dam gave way.\n\nFollow us on Telegram\n\nNine are missing.") == ((19, 40),)
    title = "Dam gives way above the town as the governor and the water board argue"
    assert find_furniture(f"{title}\nBy Ann Orr\nThe dam gave way.") == ((len(title) + 1, len(title) + 11),)


def test_heads_that_run_through_a_text() -> None:
    text = "Valley Courier, evening edition\n\nThe dam gave way.\n\n" * 3
    assert drop_furniture(text) == "\n\n".join(["The dam gave way."] * 3)


def test_text_of_nothing_else_stays() -> None:
    assert drop_furniture("Share this article") == "Share this article"
    assert drop_furniture("") == ""


@given(st.text(max_size=300))
def test_spans_are_whole_lines_in_order(text: str) -> None:
    spans = find_furniture(text)
    assert all("\n" not in text[s:e] for s, e in spans)
    assert list(spans) == sorted(spans)
    assert drop_furniture(text) or not text.strip("\n")


@pytest.mark.parametrize(
    "text",
    [
        "By A" * 2_500_000,
        "[" * 5_000_000,
        "\n" * 5_000_000,
        "عاجل الآن\n" * 300_000,
        "\n".join("By " + "Ann Orr, " * 20 + str(n) for n in range(10_000)),
        "\n".join("By " + "Ann " * 48 + str(n) for n in range(10_000)),
        "\n".join("Reporting and " * 14 + str(n) for n in range(10_000)),
    ],
)
def test_ten_megabytes_take_little_time(text: str) -> None:
    begun = time.process_time()
    find_furniture(text)
    find_byline(text)
    assert time.process_time() - begun < 5


def test_times_of_a_film_are_furniture() -> None:
    assert is_furniture("[00:01:10]") and is_furniture("(1:10)")
    assert not is_furniture("At 00:01:10 the dam gave way.")
