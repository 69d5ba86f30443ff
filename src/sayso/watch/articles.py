"""An article that a feed led to: from the answer, the letter or the file to its report in the ledger, and what it tells
otherwise than before.

It is marked as done only after its report is in the ledger. What was fetched is captured first, so that after a crash
it is read from there and not fetched again; adding twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sayso.ids import digest_report, make_id
from sayso.journey import add_items
from sayso.ledger import Ledger
from sayso.read.fetches import Answer, explain_status
from sayso.read.openings import Source, UnreadableError
from sayso.read.passings import Passed
from sayso.read.readers import Options, read_source
from sayso.record import Problem, Raw, Reading, Remark, Report
from sayso.watch.captures import Captures
from sayso.watch.doubts import find_doubt
from sayso.watch.entries import Entry, Listing
from sayso.watch.feeds import Feed
from sayso.watch.lists import list_apart
from sayso.watch.revisions import Revision, find_revisions
from sayso.watch.schedules import TRIES_S, Random, back_off, wait_for_age
from sayso.watch.states import STAND_IN, Article, States

FINAL = (401, 402, 403, 404, 405, 406, 410, 451)
"""Statuses after which an article that was never had is not tried again: its feed's words are kept instead."""
GONE = (404, 410)
GONE_AFTER = 3
"""Times in a row that a known article is not there before it counts as gone."""
MOST_LISTINGS = 4
"""Listings that are held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A report that came into the ledger: of which feed, and of a changed article the reading `before` it, the reading
    `after` it and what it tells otherwise. `before` and `after` are None for an article's first report."""

    feed: str
    report: Report
    before: Reading | None = None
    after: Reading | None = None
    revisions: tuple[Revision, ...] = ()


Hear = Callable[[Kept | Problem | Remark], None]
"""Hears what a watch finds, as it finds it."""


@dataclass(slots=True)
class Keeper:
    """Puts what came of articles into the ledger. Methods raise `Error` where the ledger or the file of the watch
    cannot be used; what is wrong with one article is heard as a `Problem`."""

    ledger: Ledger
    states: States
    captures: Captures
    feeds: dict[str, Feed]
    clock: Callable[[], datetime]
    random: Random
    hear: Hear
    gazetteer: str = ""
    listings: dict[tuple[str, str], Listing | None] = field(default_factory=dict)
    """The last listings, of each of which several articles may come."""

    def now(self) -> float:
        """Seconds since 1970."""
        return self.clock().timestamp()

    def find_new(self, feed: Feed, listing: Listing, seen_in: str) -> Iterator[Article]:
        """The articles of a listing that are new or that their feed words otherwise than before. An entry without words
        says nothing of that: one sitemap of a feed may have titles and another not."""
        now = self.now()
        known = self.states.find_articles(entry.address for entry in listing.entries)
        for entry in listing.entries:
            old = known.get(entry.address)
            if old is None:
                yield make_article(feed, entry, seen_in, now)
            elif old.feed == feed.name and old.mark != entry.mark and entry.report:
                yield replace(old, mark=entry.mark, key=entry.key, seen_in=seen_in, due=now)

    def take_answer(self, article: Article, answer: Answer) -> None:
        """Make of an article what a server answered; a page is only captured, to be read by `take_captured`."""
        if answer.status == 304 and article.words:
            self._rest(article)
        elif answer.status == 200:
            got = self.captures.keep(answer)
            article = replace(article, got=got, etag=answer.header("etag"), modified=answer.header("last-modified"))
            self.states.save_article(replace(article, due=self.now()))
        elif answer.status == 304:
            self.fail(replace(article, etag="", modified=""), "the server says that nothing changed, and gave nothing")
        else:
            self.fail(article, explain_status(answer), answer.status in FINAL, gone=answer.status in GONE)

    def take_captured(self, article: Article) -> None:
        """Read an answer that was captured and not read yet; what is not there any more is fetched anew."""
        loaded = self.captures.load(article.got)
        article = replace(article, got="")
        if loaded is None:
            self.states.save_article(replace(article, etag="", modified="", due=self.now()))
            return
        answer, retrieved = loaded
        source = Source(
            name=article.url,
            chunks=iter([answer.content]),
            url=answer.url,
            media_type=answer.media_type,
            charset=answer.charset,
            retrieved=retrieved,
        )
        raws, reports, problem = read_whole(source)
        again = replace(article, etag="", modified="")  # Not to be told that what was no article has not changed.
        if not reports:
            self.fail(again, problem or "no report in it", True)
            return
        before = self.reading(article.report)
        if doubt := find_doubt(article.url, answer.url, reports[0], before.report.text if before else ""):
            self.fail(again, f"{doubt}; its report stays as it was" if before else doubt)
            return
        self.keep(article, raws, [self._date(article, report) for report in reports], before)

    def take_entry(self, article: Article) -> None:
        """Keep the words that a feed has of an article itself."""
        listing = self._list(article.feed, article.seen_in)
        entry = self._find_entry(listing, article)
        if listing is None or entry is None or entry.report is None:
            self._lose(article)
            return
        raws = [listing.raw] if listing.raw else []
        self.keep(article, raws, [entry.report], self.reading(article.report))

    def keep(
        self,
        article: Article,
        raws: Sequence[Raw],
        reports: Sequence[Report],
        before: Reading | None = None,
        *,
        stand_in: bool = False,
    ) -> None:
        """Add reports of an article to the ledger, then mark it as kept and say what is new. What its feed says of it
        (`stand_in`) is no version of the article, with which that would be compared."""
        words = (STAND_IN if stand_in else "") + digest_words(reports)
        before = None if article.words.startswith(STAND_IN) else before
        if words == article.words:
            self._rest(article)
            return
        added = add_items(self.ledger, [*raws, *reports], gazetteer=self.gazetteer)
        refused = added.problems[0].message if added.problems else ""
        kept = reports[0].digest if not refused else article.report
        done = replace(article, state="kept", words=words, report=kept, rung=0, failures=0, error=refused)
        for problem in added.problems:
            self.hear(replace(problem, input=article.url or article.address))
        if before is not None and not refused and before.report.digest != kept:
            after = self.reading(kept)
            revisions = find_revisions(before, after) if after else ()
            self.hear(Kept(feed=article.feed, report=reports[0], before=before, after=after, revisions=revisions))
        elif added.new:
            self.hear(Kept(feed=article.feed, report=reports[0]))
        # Last, so that what is new is rather told twice after a crash than never.
        self.states.save_article(self._schedule(done), added.new)

    def fail(self, article: Article, message: str, forever: bool = False, *, gone: bool = False) -> None:
        """Note that an article could not be had, and when to try again. Of one that was never had, in the end the words
        of its feed are kept."""
        tried = article.failures + 1
        article = replace(article, failures=tried, error=message)
        if article.state == "kept":
            self._fail_known(article, gone)
        elif forever or tried >= len(TRIES_S):
            self.hear(Problem(step="watch", input=article.url, message=message))
            listing = self._list(article.feed, article.seen_in)
            entry = self._find_entry(listing, article)
            if listing is None or entry is None or entry.report is None:
                self._lose(article)
                return
            report = entry.report
            self.hear(Remark(step="watch", input=article.url, message="its feed's own words are kept instead"))
            self.keep(article, [listing.raw] if listing.raw else [], [report], stand_in=True)
        else:
            wait = TRIES_S[tried - 1] * (0.75 + self.random() / 2)
            self.states.save_article(replace(article, due=self.now() + wait))

    def hold(self, article: Article, until: float) -> None:
        """Wait as long as a host wishes."""
        self.states.save_article(replace(article, due=until))

    def _fail_known(self, article: Article, gone: bool) -> None:
        """Note that an article whose report is kept could not be had again; one that is gone for good is a finding."""
        if gone and article.failures >= GONE_AFTER:
            self.states.save_article(replace(article, state="gone", due=None))
            message = "it is not there any more; its report stays as it was"
            self.hear(Problem(step="watch", input=article.url, message=message))
            return
        due = self.now() + back_off(TRIES_S[-1], article.failures, self.random)
        self.states.save_article(replace(article, due=due))
        if article.failures == 1:
            self.hear(Problem(step="watch", input=article.url, message=article.error))

    def _lose(self, article: Article) -> None:
        """Give an article up of which there is nothing to keep."""
        message = article.error or "its feed's answer is not among the captures any more"
        self.states.save_article(replace(article, state="gone", due=None, error=message))
        if not article.error:
            self.hear(Problem(step="watch", input=article.address, message=message))

    def _rest(self, article: Article) -> None:
        """Note that an article is as it was."""
        rested = replace(article, state="kept", rung=article.rung + 1, failures=0, error="")
        self.states.save_article(self._schedule(rested))

    def _schedule(self, article: Article) -> Article:
        """An article with the moment at which it is asked for again; never, where its feed has all of it."""
        wait = wait_for_age(article.rung, self.random) if article.url else None
        return replace(article, due=None if wait is None else self.now() + wait)

    def reading(self, digest: str) -> Reading | None:
        """The reading of a report in the ledger."""
        found = self.ledger.readings(include_retracted=True, only=[digest]) if digest else []
        return found[0] if found else None

    def _date(self, article: Article, report: Report) -> Report:
        """A report with the date that its feed gives it, where it has none of its own."""
        if report.published is not None:
            return report
        entry = self._find_entry(self._list(article.feed, article.seen_in), article)
        told = entry.report if entry else None
        if told is None or told.published is None:
            return report
        dated = replace(
            report,
            published=told.published,
            published_words=told.published_words,
            published_exact=told.published_exact,
        )
        digest = digest_report(dated)
        return replace(dated, digest=digest, id=digest if report.id == report.digest else report.id)

    def _list(self, feed: str, place: str) -> Listing | None:
        """What a feed listed in an answer that is captured; None where it is not there any more."""
        if (feed, place) not in self.listings:
            if len(self.listings) >= MOST_LISTINGS:
                self.listings.clear()
            self.listings[feed, place] = self._load_listing(feed, place)
        return self.listings[feed, place]

    def _load_listing(self, feed: str, place: str) -> Listing | None:
        """The same, read from the capture."""
        loaded = self.captures.load(place)
        if loaded is None or feed not in self.feeds:
            return None
        try:
            return list_apart(self.feeds[feed], *loaded)
        except UnreadableError:
            return None

    def _find_entry(self, listing: Listing | None, article: Article) -> Entry | None:
        """The entry of an article in a listing."""
        return next((e for e in listing.entries if e.address == article.address), None) if listing else None


def make_article(feed: Feed, entry: Entry, seen_in: str, now: float) -> Article:
    """What is known of an article that was just listed."""
    return Article(
        address=entry.address,
        feed=feed.name,
        url=entry.url,
        key=entry.key,
        mark=entry.mark,
        seen_in=seen_in,
        seen=now,
        due=now,
    )


def read_whole(source: Source) -> tuple[list[Raw], list[Report], str]:
    """The bytes and reports of a source, and the first thing that is wrong with it."""
    raws, reports, problem = [], [], ""
    for item in read_source(source, Options()):
        if isinstance(item, Raw):
            raws.append(item)
        elif isinstance(item, Report):
            reports.append(item)
        elif isinstance(item, Problem):
            problem = problem or item.message
        elif isinstance(item, Passed):
            problem = problem or f"passed over ({item.kind})"
    return raws, reports, problem


def digest_words(reports: Sequence[Report]) -> str:
    """A digest of what readers see of some reports: titles and texts, without what only spaces them."""
    return make_id([[" ".join(part.split()) for part in (report.title, report.text)] for report in reports])
