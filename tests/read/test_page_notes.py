"""What pages say of themselves, in the words and markup of several content systems and languages."""

import pytest

from sayso.read.pages import read_page
from sayso.read.reports import Content
from sayso.record import Problem, Report

BEGIN = (
    "The dam above Karsko gave way on Friday night, the regional governor said. About 1,200 people left their homes, "
    "and two bridges in the valley were closed."
)
REST = "Officials said that nine people were missing, and that the search would go on through the night with boats."


def read(body: str, head: str = "", after: str = "", title: str = "Dam gives way") -> tuple[Report, list[Problem]]:
    article = f"<article><h1>{title}</h1>{body}</article>"
    html = f"<html><head><title>{title}</title>{head}</head><body>{article}{after}</body></html>"
    items = list(read_page(Content(content=html.encode("utf8"), name="in.html")))
    (report,) = [item for item in items if isinstance(item, Report)]
    return report, [item for item in items if isinstance(item, Problem)]


TEXT = f"<p>{BEGIN}</p><p>{REST}</p>"
NOTES = [
    "<footer><p><em>This article was amended on 5 March 2031. It is nine, not 90.</em></p></footer>",
    '<div class="x"><strong>Correction: March 5</strong><p>An earlier version said 90. It is nine.</p></div>',
    '<aside class="correction"><h4>Correction</h4><p>We wrote 90. It is nine.</p></aside>',
    "<p><i>Updated on 5 March to correct the number of 90: it is nine.</i></p>",
    "<footer><p>Anm. d. Red.: In einer früheren Fassung stand 90, richtig ist nine.</p></footer>",
    "<div><p>Edit le 5 mars : une première version de cet article indiquait 90, et non nine.</p></div>",
    "<div class='fe-errores'><p>Fe de errores: se decía 90; son nine.</p></div>",
    "<footer><p>Errata corrige: una versione precedente diceva 90 e non nine.</p></footer>",
    "<div><p>Исправление: в первоначальной версии было 90, а не nine.</p></div>",
    "<p>Correctie: in een eerdere versie stond 90, het zijn er nine.</p>",
    "<footer><p>Sprostowanie: we wcześniejszej wersji podaliśmy 90. Jest nine.</p></footer>",
    '<div class="editors-note"><p>After publication the ministry said that it was nine, not 90.</p></div>',
]


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("inside", [True, False])
def test_corrections_are_kept_wherever_they_stand(note: str, inside: bool) -> None:
    report, _ = read(TEXT + note if inside else TEXT, after="" if inside else note)
    assert "nine" in report.text.removeprefix(f"{BEGIN}\n\n{REST}") and report.text.count("90") == 1


@pytest.mark.parametrize(
    "note",
    ['"It was 90 before; it is nine."', '{"@type": "CorrectionComment", "text": "It was 90 before; it is nine."}'],
)
def test_corrections_of_the_data_of_a_page(note: str) -> None:
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "correction": {note}}}</script>'
    assert read(TEXT, data)[0].text.endswith("Correction: It was 90 before; it is nine.")


WALLS = [
    ("<p>To continue reading this article, subscribe or log in.</p>", ""),
    ("<p>Create a free account to read this article</p>", ""),
    ("<h2>Weiterlesen mit Talbote Plus</h2><p>Sie sind bereits Abonnent? Hier anmelden</p>", ""),
    ("<p>Il vous reste 78% de cet article à lire. La suite est réservée aux abonnés.</p>", ""),
    ("<p>Suscríbete para seguir leyendo</p>", ""),
    ("<p>Abbonati per continuare a leggere</p>", ""),
    ("<p>Lees verder met een abonnement</p>", ""),
    ("<p>Aby czytać dalej, wykup dostęp.</p>", ""),
    ("<p>Материал доступен только по подписке.</p>", ""),
    ("<p>Logga in för att läsa vidare</p>", ""),
    ("<h2>This post is for paid subscribers</h2>", ""),
    ('<div class="regwall"><h3>Keep on for €1</h3><p>Get access to all stories.</p></div>', ""),
    ("", '<meta property="article:content_tier" content="locked">'),
    (
        "",
        '<script type="application/ld+json">{"@type": "Article", "hasPart": {"isAccessibleForFree": false}}</script>',
    ),
]


@pytest.mark.parametrize(("wall", "head"), WALLS)
def test_stubs_are_told(wall: str, head: str) -> None:
    report, problems = read(f"<p>{BEGIN}</p><div>{wall}</div>", head)
    assert report.text == BEGIN
    assert ["stub" in problem.message for problem in problems] == [True]


def test_what_is_no_stub() -> None:
    free = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": true}</script>'
    assert read(TEXT, free)[1] == []
    told = "The paper said that readers would have to subscribe to continue reading its reports from next year on."
    report, problems = read(f"<p>{BEGIN}</p><p>{told}</p>")
    assert report.text == f"{BEGIN}\n\n{told}" and problems == []
    # Sites call the text itself so which only subscribers see.
    assert read(f"<p>{BEGIN}</p><div class='paywall'>{TEXT * 4}</div>")[0].text.count(REST) == 4


LABELS = [
    ('<meta name="keywords" content="ferries, Satire">', "", "Dam"),
    ('<meta property="article:section" content="Sátira">', "", "Dam"),
    ('<link rel="canonical" href="https://quack.example/satire/dam">', "", "Dam"),
    ("", "", "Satire: Dam"),
    ("", "<footer><p>Daily Quack is a satirical website. All stories are made up.</p></footer>", "Dam"),
    ("", "<footer><p>Der Quaker ist eine Satireseite, alle Meldungen sind erfunden.</p></footer>", "Dam"),
    ("", "<footer><p>Journal parodique : toutes les informations sont inventées.</p></footer>", "Dam"),
    ("", '<nav class="breadcrumb"><a href="/">Home</a> <a href="/s">Satire</a></nav>', "Dam"),
    ("", '<div class="disclaimer">The content of this site is satire and parody.</div>', "Dam"),
]


@pytest.mark.parametrize(("head", "after", "title"), LABELS)
def test_satire_is_marked(head: str, after: str, title: str) -> None:
    assert "\n\nmarked as: satire" in read(TEXT, head, after, title)[0].text.casefold()


PLAIN = [
    '<footer><a href="/satire">Satire</a> <a href="/sport">Sport</a></footer>',
    "<aside><p>Attack on the office of a satirical magazine: what we know of it.</p></aside>",
    '<nav><a href="/satire">Satire</a></nav>',
]


@pytest.mark.parametrize("after", PLAIN)
def test_pages_beside_satire_are_not_marked(after: str) -> None:
    assert "Marked as" not in read(TEXT, after=after)[0].text
