"""A made-up fire: two pages that are fetched and a note from a folder, and the story they make."""

from datetime import UTC, datetime

from sayso.ledger import Ledger
from sayso.read.openings import Fetched
from sayso.share.captures.captures import Captured

MADE = datetime(2031, 6, 1, 12, tzinfo=UTC)
FIRST = "https://news.example/fire"
PAGE = """<!doctype html><html><head><title>Fire at the mill</title>
<meta property="og:site_name" content="{outlet}"><meta property="article:published_time" content="{day}T08:00:00Z">
</head><body><article><h1>Fire at the mill</h1><p>{words}</p>
<p>The old mill of Brod burned down on Tuesday night. Firemen from three villages came to help, and the road along the
river was closed until the morning, when the smoke had gone.</p></article></body></html>"""
PAGES = {
    FIRST: PAGE.format(
        outlet="The Wire", day="2031-05-01", words="Twelve workers were hurt, the mayor, Ana Kos, said."
    ),
    "https://echo.example/a/b?z=1&a=2": PAGE.format(
        outlet="The Echo", day="2031-05-02", words="Fifteen workers were hurt, the police said, not twelve as before."
    ),
}
PICTURE = b"\x89PNG of the mill"
NOTE = (
    '---\nid: note-1\noutlet: "Brod Gazette"\npublished: "2031-05-03"\n---\n\nTwelve workers were hurt, a nurse said.\n'
)


def fetch(url: str) -> Fetched:
    return Fetched(content=PAGES[url].encode(), url=url, media_type="text/html", charset="utf-8")


def capture(address: str) -> Captured:
    return Captured(
        address=address,
        final=address,
        status=200,
        tool="Chrome/9",
        size=(1280, 900),
        complete=True,
        picture=PICTURE,
        page=b"MIME-Version: 1.0",
    )


def tell_collection() -> datetime:
    return datetime(2031, 5, 4, 10, 30, tzinfo=UTC)


def find_story(ledger: Ledger) -> str:
    """The id of the biggest story of a ledger."""
    from sayso.journey import know_ledger

    return max(know_ledger(ledger).stories, key=lambda story: len(story.reports)).id
