from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.read.newsml import read_newsml
from sayso.read.reports import Content
from sayso.record import Problem, Report

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:tarnwire.example:20310503:1"
xml:lang="en">
<rightsInfo><copyrightHolder literal="Tarn Wire Ltd"/></rightsInfo>
<itemMeta><provider qcode="nprov:TW"><name>Tarn Wire</name></provider>
<versionCreated>2031-05-03T10:15:00Z</versionCreated></itemMeta>
<contentMeta><headline>Dam gives way</headline><by>By Ann Orr</by></contentMeta>
<contentSet>{body}</contentSet></newsItem>"""
BODY = """<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>The dam gave way.</p><p>Nine are missing.</p></body></html></inlineXML>"""
NITF = """<nitf><head><docdata><doc-id id-string="t1"/><date.issue norm="20310503T101500Z"/>
<doc.copyright holder="Tarn Wire"/>
</docdata></head><body><body.head><hedline><hl1>Dam gives way</hl1></hedline><byline>By Ann Orr</byline></body.head>
<body.content><p>The dam gave way.</p></body.content></body></nitf>"""


def items_of(text: str) -> list[Report | Problem]:
    return list(read_newsml(Content(content=text.encode("utf8"), name="in.xml")))


def test_an_item() -> None:
    (report,) = items_of(ITEM.format(body=BODY))
    assert isinstance(report, Report) and report.published
    assert report.text == "The dam gave way.\n\nNine are missing."
    assert (report.outlet, report.title, report.author) == ("Tarn Wire", "Dam gives way", "Ann Orr")
    assert (report.published.hour, report.id) == (10, "urn:newsml:tarnwire.example:20310503:1")


def test_items_of_a_message_without_those_of_pictures() -> None:
    whole = ITEM.format(body=BODY) + ITEM.format(body="<inlineData>Nine are missing.</inlineData>")
    picture = '<newsItem guid="p"><itemMeta/><contentSet><remoteContent href="p.jpg"/></contentSet></newsItem>'
    first, second = items_of(f"<newsMessage><itemSet>{whole}{picture}</itemSet></newsMessage>")
    assert isinstance(first, Report) and isinstance(second, Report) and second.text == "Nine are missing."


def test_the_older_form() -> None:
    (report,) = items_of(NITF)
    assert isinstance(report, Report) and report.published
    assert (report.text, report.title, report.author) == ("The dam gave way.", "Dam gives way", "Ann Orr")
    assert (report.outlet, report.id, report.published.hour) == ("Tarn Wire", "t1", 10)


def test_no_item_is_a_problem() -> None:
    (problem,) = items_of("<newsMessage/>")
    assert isinstance(problem, Problem) and "NewsML" in problem.message


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "dam"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    (report,) = items_of(bomb + ITEM.format(body="<inlineData>The town &a; &b; gave way.</inlineData>"))
    assert isinstance(report, Report) and "dam" not in report.text


@settings(deadline=None)
@given(st.text(max_size=100), st.integers(0, 900))
def test_any_damage_gives_items(damage: str, place: int) -> None:
    whole = ITEM.format(body=BODY)
    assert items_of(whole[:place] + damage + whole[place + len(damage) :])
