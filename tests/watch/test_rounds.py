"""What a watch makes of feeds as the world has them."""

import gzip
import os
from collections.abc import Mapping
from datetime import timedelta

import pytest
from webs import FEED, World, article, feed, item, respond

from sayso.errors import Error
from sayso.read.fetches import Answer
from sayso.watch.articles import Keeper
from sayso.watch.captures import Captures
from sayso.watch.feeds import Feed
from sayso.watch.states import FeedState, States

ONE, TWO = "https://post.example/1", "https://post.example/2"


def state(world: World) -> FeedState:
    states = States(world.folder / "story.db.watch.db")
    (found,) = [one for one in states.feeds() if one.listed]
    states.close()
    return found


def test_what_a_feed_leads_to_is_kept_once(world: World) -> None:
    world.round()
    world.round(hours=1)
    assert [kept.report.url for kept in world.kept()] == [ONE, TWO]
    assert len(world.texts()) == 2 and all("Twelve people died" in text for text in world.texts())
    assert (state(world).kept, state(world).failures) == (2, 0)


def test_a_changed_article_is_a_version_and_tells_what_it_tells_otherwise(world: World) -> None:
    world.round()
    world.web.pages[ONE] = article(1, "Nineteen")
    world.round(hours=1)
    (changed,) = [kept for kept in world.kept() if kept.before]
    assert [(r.kind, r.was, r.now, r.noted) for r in changed.revisions] == [("figure", "Twelve", "Nineteen", "")]
    with world.ledger() as ledger:
        assert ledger.versions() == {changed.after.report.digest: changed.before.report.digest}  # type: ignore[union-attr]


def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    world.round()
    world.round(hours=1)
    states = States(world.folder / "story.db.watch.db")
    assert {a.address: a.rung for a in states.find_articles([ONE, TWO]).values()} == {ONE: 1, TWO: 1}
    states.close()
    assert state(world).unchanged >= 1


def test_items_that_are_reordered_redated_and_have_other_ids_are_no_news(world: World) -> None:
    world.round()
    before = len(world.web.asked)
    world.web.pages[FEED] = feed(item(2, guid="b", day=9), item(1, guid="a", day=9, link=f"{ONE}?utm_source=rss"))
    world.round(minutes=20)
    assert world.web.asked[before:] == [FEED]
    assert len(world.kept()) == 2


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head><p>Hello, world", "/rss"),
        (b"<html><body><p>An article, and no feed at all.</p></body></html>", "a page and no feed"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "no RSS"),
        (b"<rss version='2.0'><channel></channel></rss>", "no RSS or Atom entry"),
        (gzip.compress(b"\0" * 30_000_000), "far more than a text"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id"', ""),
        (500, "500"),
        (304, "nothing changed"),
        (301, "301"),
        ("the server does not answer in time; try again later", "in time"),
    ],
)
def test_what_is_no_feed_is_a_problem_and_is_asked_again(world: World, page: bytes | int | str, words: str) -> None:
    good = world.web.pages[FEED]
    world.web.pages[FEED] = page
    world.round()
    assert len(world.problems()) == 1 and words in world.problems()[0]
    assert state(world).failures == 1
    world.web.pages[FEED] = good
    world.round(hours=1)
    assert len(world.kept()) == 2 and state(world).failures == 0


def test_an_entity_bomb_does_no_harm(world: World) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "boom">{entities}]>'.encode()
    world.web.pages[FEED] = bomb + feed(item(1, title="&e11;"))
    world.round()
    assert all(len(text) < 10_000 for text in world.texts())


def test_a_feed_that_is_cut_is_not_told_to_be_had(world: World) -> None:
    whole = feed(item(1), item(2))
    world.web.pages[FEED] = whole[: whole.index(b"<item>", whole.index(b"<item>") + 1) + 20]
    world.round()
    world.web.pages[FEED] = whole
    world.round(hours=1)
    assert {kept.report.url for kept in world.kept()} == {ONE, TWO}


def test_a_server_that_always_says_unchanged_is_asked_as_if_for_the_first_time(world: World) -> None:
    first = world.web.pages[FEED]
    later = feed(item(1), item(2), item(3))
    world.web.pages["https://post.example/3"] = article(3)
    seen: list[bool] = []

    def stubborn(headers: Mapping[str, str]) -> Answer:
        seen.append(bool(headers))
        content = later if len(seen) > 1 else first
        assert isinstance(content, bytes)
        return respond(FEED, 304) if headers else respond(FEED, 200, content, ETag='"always"')

    world.web.pages[FEED] = stubborn
    for _ in range(24):
        world.round(hours=8)
    assert len([kept for kept in world.kept() if not kept.before]) == 3
    assert 1 < seen.count(False) < 4


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (
            b"<html><head><title>Page not found | Post</title></head><body><p>We are sorry. Go home.</p></body>",
            "titled",
        ),
        (article(1)[:250] + b"</p></article></body></html>", "nearly all of its text is gone"),
        (b"<html><body></body></html>", ""),
        (503, "503"),
    ],
)
def test_an_error_page_is_no_version(world: World, page: bytes | int, words: str) -> None:
    world.web.pages[ONE] = article(1, more="Divers went down at dawn to look for those who are still missing. " * 20)
    world.round()
    before = world.texts()
    world.web.pages[ONE] = page
    world.round(hours=1)
    assert world.texts() == before
    assert any(words in problem for problem in world.problems())
    world.web.pages[ONE] = article(1, "Nineteen", more="Divers went down at dawn to look for those missing. " * 20)
    world.round(hours=12)
    assert len(world.texts()) == 3


def test_what_leads_to_the_front_page_is_no_version(world: World) -> None:
    world.round()
    world.web.pages[ONE] = lambda _: respond("https://post.example/", 200, article(9, title="All the news"))
    world.round(hours=1)
    assert len(world.texts()) == 2 and "front page" in world.problems()[0]


def test_an_article_that_is_away_for_a_while_is_had_later(world: World) -> None:
    world.web.pages[ONE] = "the server does not answer in time"
    world.round()
    assert len(world.texts()) == 1
    world.web.pages[ONE] = article(1)
    world.round(minutes=3)
    assert len(world.texts()) == 2 and all("Twelve" in text for text in world.texts())


@pytest.mark.parametrize(("page", "rounds"), [(404, 1), (403, 1), ("cannot be fetched", 6)])
def test_of_an_article_that_cannot_be_had_the_feeds_words_are_kept(world: World, page: int | str, rounds: int) -> None:
    world.web.pages[ONE] = page
    for _ in range(rounds):
        world.round(hours=3)
    assert sum("in the harbour of Saltmouth" in text for text in world.texts()) == 1
    world.web.pages[ONE] = article(1)
    world.round(hours=9)
    assert len(world.texts()) == 3


def test_an_article_that_is_taken_down_is_told_of_and_its_report_stays(world: World) -> None:
    world.round()
    world.web.pages[ONE] = 410
    for _ in range(6):
        world.round(days=1)
    assert any("not there any more" in problem for problem in world.problems())
    count = world.web.count(ONE)
    world.round(days=2)
    assert world.web.count(ONE) == count and len(world.texts()) == 2


def test_a_host_is_left_alone_as_long_as_it_wishes(world: World) -> None:
    world.web.pages[ONE] = lambda _: respond(ONE, 429, Retry_After="7200")
    world.round()
    asked = len(world.web.asked)
    world.round(hours=1)
    assert len(world.web.asked) == asked
    world.web.pages[ONE] = article(1)
    world.round(hours=2)
    assert len(world.texts()) == 2


@pytest.mark.parametrize(
    ("robots", "fetched"),
    [
        (b"User-agent: *\nDisallow: /1", [TWO]),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: sayso\nAllow: /", [ONE, TWO]),
        (404, [ONE, TWO]),
        (b"<html>no robots here</html>", [ONE, TWO]),
    ],
)
def test_robots_txt_is_heeded(world: World, robots: bytes | int, fetched: list[str]) -> None:
    world.web.pages["https://post.example/robots.txt"] = robots
    world.round()
    assert sorted(set(world.web.asked) & {ONE, TWO}) == fetched
    assert len(world.texts()) == 2  # Of what is not allowed, the feed's words.


@pytest.mark.parametrize("robots", [500, 429, "the server does not answer in time"])
def test_without_its_robots_txt_a_host_is_left_alone(world: World, robots: int | str) -> None:
    world.web.pages["https://post.example/robots.txt"] = robots
    world.round()
    assert world.web.asked == ["https://post.example/robots.txt"]
    assert "robots.txt cannot be had" in world.problems()[0]
    world.web.pages["https://post.example/robots.txt"] = 404
    world.round(hours=1)
    assert len(world.texts()) == 2


def test_the_clock_may_go_back(world: World) -> None:
    world.round()
    world.now -= timedelta(days=400)
    world.web.pages[FEED] = feed(item(1), item(2), item(3))
    world.web.pages["https://post.example/3"] = article(3)
    world.round()
    world.round(hours=1)
    assert len(world.texts()) == 3


def test_one_article_of_two_feeds_is_fetched_once(world: World) -> None:
    other = "https://wire.example/feed.xml"
    world.feeds = (*world.feeds, Feed(name="Wire", kind="web", where=other))
    world.web.pages[other] = feed(item(1, guid="w1", title="Ferry goes down"))
    world.round()
    world.round(minutes=20)
    assert world.web.count(ONE) == 1 and len(world.texts()) == 2


def test_entries_without_a_place_of_their_own_are_kept_in_their_feeds_words(world: World) -> None:
    home = "https://post.example/"
    world.web.pages[FEED] = feed(
        item(1, link=home),
        item(2, link=""),
        item(3, link="mailto:desk@post.example"),
        item(4, link=ONE),
        item(5, link=ONE),
    )
    world.round()
    world.round(hours=8)
    assert len(world.texts()) == 5 and home not in world.web.asked


def test_without_following_the_feeds_words_are_kept_in_each_version(world: World) -> None:
    world.feeds = (Feed(name="Post", kind="web", where=FEED, follow=False),)
    world.round()
    world.web.pages[FEED] = feed(item(1, title="Ferry 1 capsizes"), item(2, day=9))
    world.round(hours=1)
    assert [kept.report.title for kept in world.kept()] == ["Ferry 1 sinks", "Ferry 2 sinks", "Ferry 1 capsizes"]
    assert [r.kind for r in world.kept()[-1].revisions] == ["headline"]
    assert ONE not in world.web.asked


def test_links_of_a_page_and_of_a_sitemap(world: World) -> None:
    news, map_ = "https://post.example/news", "https://post.example/sitemap.xml"
    world.feeds = (
        Feed(name="Page", kind="page", where=news, select="h2 a"),
        Feed(name="Map", kind="web", where=map_),
    )
    world.web.pages[news] = (
        b"<html><body><a href='/about'>About</a><h2><a href='/1'><img></a></h2><h2><a href='/1'>One</a></h2></body>"
    )
    world.web.pages[map_] = gzip.compress(
        b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        b"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://post.example/2</loc><news:news>"
        b"<news:publication><news:name>Post</news:name></news:publication><news:title>Two</news:title>"
        b"<news:publication_date>2031-05-07</news:publication_date></news:news></url></urlset>"
    )
    world.round()
    assert sorted(kept.report.url for kept in world.kept()) == [ONE, TWO]
    assert {str(kept.report.published)[:10] for kept in world.kept() if kept.report.url == TWO} == {"2031-05-07"}


@pytest.mark.parametrize("moment", ["capture", "captured", "added"])
def test_a_crash_costs_nothing_and_nothing_is_fetched_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """At the first moment that an article is captured, noted as captured, or in the ledger, the program dies."""
    keep, save, add = Captures.keep, States.save_article, Keeper.keep

    def die_capturing(self: Captures, answer: Answer) -> str:
        if answer.url == ONE:
            raise KeyboardInterrupt
        return keep(self, answer)

    def die_reading(self: Keeper, *_: object, **__: object) -> None:
        raise KeyboardInterrupt

    def die_noting(self: States, article: object, kept: int = 0) -> None:
        if kept:
            raise KeyboardInterrupt
        save(self, article)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        if moment == "capture":
            patched.setattr(Captures, "keep", die_capturing)
        elif moment == "captured":
            patched.setattr(Keeper, "keep", die_reading)
        else:
            patched.setattr(States, "save_article", die_noting)
        with pytest.raises(KeyboardInterrupt):
            world.round()
    assert add is Keeper.keep
    world.round(minutes=1)
    assert len(world.texts()) == 2
    had = {url: world.web.count(url) for url in (ONE, TWO)}
    assert sum(had.values()) <= (4 if moment == "capture" else 3)
    assert world.web.count(FEED) == 1
    if moment == "added":
        assert had[ONE] == 1


def test_a_full_disk_stops_the_round_and_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(Error, match="No space left"):
            world.round()
    world.round(hours=1)
    assert len(world.texts()) == 2


def test_a_second_watch_is_refused(world: World) -> None:
    with world.watching(), pytest.raises(Error, match="another sayso watch"), world.watching():
        pass
    world.round()
    assert len(world.texts()) == 2


def test_a_capture_that_is_gone_is_fetched_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(self: Keeper, article: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Keeper, "take_captured", die)
        with pytest.raises(KeyboardInterrupt):
            world.round()
    for path in (world.folder / "story.db.warc").iterdir():
        path.unlink()
    world.round()
    world.round(minutes=1)
    assert len(world.texts()) == 2


def test_a_feed_that_is_listed_no_more_is_not_asked_and_keeps_nobody_awake(world: World) -> None:
    world.round()
    other = "https://wire.example/feed.xml"
    world.feeds, world.web.pages[other] = (Feed(name="Wire", kind="web", where=other),), feed(item(9, link=""))
    asked = len(world.web.asked)
    world.now += timedelta(days=1)
    with world.watching() as watch:
        watch.round()
        assert watch.next_due() > world.now.timestamp()
    assert {url.split("/")[2] for url in world.web.asked[asked:]} == {"wire.example"}


def test_a_feeds_words_are_no_version_of_the_article(world: World) -> None:
    world.web.pages[ONE] = b"<html><head><title>Ferry 1 sinks</title></head><body><h1>Ferry 1 sinks</h1></body></html>"
    for _ in range(5):
        world.round(hours=3)
    assert any("in the harbour of Saltmouth" in text for text in world.texts())
    world.web.pages[ONE] = article(1)
    world.round(hours=9)
    assert [kept.before for kept in world.kept()] == [None] * 3 and len(world.texts()) == 3
