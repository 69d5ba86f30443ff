"""A round of watching, top to bottom: feeds that are due are asked, what they newly list is noted, and then the
articles that are due are had and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sayso.read.fetches import Answer, explain_status
from sayso.read.openings import UnreadableError
from sayso.record import Problem
from sayso.watch.articles import Keeper
from sayso.watch.askings import Asker, Refused, Request
from sayso.watch.feeds import Feed
from sayso.watch.lists import list_apart
from sayso.watch.schedules import back_off, is_due, learn_interval, spread
from sayso.watch.sitemaps import Walk, ask_sitemaps, begin_walk, note_sitemaps
from sayso.watch.states import Article, FeedState, make_conditions
from sayso.watch.visits import visit_folder, visit_mailbox

NOTHING_NEW = "the server says that nothing changed, and gave nothing"


@dataclass(slots=True)
class Watch:
    """Watches feeds; `keeper` keeps, `asker` asks, `read_secret` gives what a variable of the environment holds."""

    feeds: tuple[Feed, ...]
    keeper: Keeper
    asker: Asker
    read_secret: Callable[[str], str]

    def round(self) -> None:
        """Ask what is due. Raises `Error` where nothing can be kept; what is wrong with one feed or article is heard,
        and the others go on."""
        states = self.keeper.states.begin(self.feeds)
        due = [(feed, state) for feed, state in states if is_due(state.next, self.keeper.now())]
        self._ask_feeds([(feed, state) for feed, state in due if feed.kind in ("web", "page")])
        for feed, state in due:
            if feed.kind in ("folder", "mailbox") and not self.asker.stopped():
                self._visit(feed, replace(state, asked=self.keeper.now()))
        self._ask_articles()

    def next_due(self) -> float:
        """The next moment at which anything is due."""
        states = self.keeper.states
        moments = [state.next for state in states.feeds() if state.listed]
        article = states.next_due()
        return min([*moments, *([article] if article is not None else [])], default=self.keeper.now() + 60)

    def _ask_feeds(self, due: list[tuple[Feed, FeedState]]) -> None:
        """Ask feeds, and note what they list."""
        by_feed = {feed.name: (feed, state) for feed, state in due}
        requests = [Request(feed.where, feed.name, make_conditions(state), robots=feed.robots) for feed, state in due]
        walks = []
        for request, answer in self.asker.ask_all(requests):
            feed, state = by_feed[str(request.about)]
            if walk := self._take_feed(feed, state, answer):
                walks.append(walk)
        ask_sitemaps(self.keeper, self.asker, walks)
        if not self.asker.stopped():  # Else the feed is asked again, for the sitemaps that are left.
            for walk in walks:
                self._rest(walk.feed, walk.state, found=walk.found, error=walk.error)

    def _take_feed(self, feed: Feed, state: FeedState, answer: Answer | Refused) -> Walk | None:
        """Make of a feed what a server answered; where it lists sitemaps, the walk through these is still to come."""
        now = self.keeper.now()
        state = replace(state, asked=now)
        if isinstance(answer, Refused):
            if answer.held:
                self.keeper.states.save_feed(replace(state, next=answer.held, error=answer.message))
            else:
                self._fail(feed, state, answer.message)
        elif answer.status == 304 and (state.etag or state.modified) and make_conditions(state):
            return self._go_on(feed, replace(state, unchanged=state.unchanged + 1))
        elif answer.status == 304:
            self._fail(feed, replace(state, etag="", modified=""), NOTHING_NEW)
        elif answer.status != 200:
            self._fail(feed, state, explain_status(answer))
        else:
            return self._take_list(feed, state, answer)
        return None

    def _go_on(self, feed: Feed, state: FeedState) -> Walk | None:
        """Note that what a feed lists is as it was; sitemaps that it lists may have changed."""
        walk = begin_walk(self.keeper, feed, state)
        if walk is None:
            self._rest(feed, state)
        return walk

    def _take_list(self, feed: Feed, state: FeedState, answer: Answer) -> Walk | None:
        """Note what a feed newly lists. Only what is noted is told to the server as had."""
        state = replace(state, etag=answer.header("etag"), modified=answer.header("last-modified"), unchanged=0)
        digest = hashlib.sha256(answer.content).hexdigest()
        if digest == state.digest:
            return self._go_on(feed, state)
        try:
            listing = list_apart(feed, answer, self.keeper.clock())
        except UnreadableError as error:
            self._fail(feed, replace(state, etag="", modified=""), str(error))
            return None
        seen_in = self.keeper.captures.keep(answer)
        note_sitemaps(self.keeper, feed, listing)
        # What was cut off may hold more: the server is not told that it was had.
        state = replace(state, etag="", modified="", digest="") if listing.cut else replace(state, digest=digest)
        if listing.sitemaps:
            return self._go_on(feed, state)
        new = list(self.keeper.find_new(feed, listing, seen_in))
        self._rest(feed, state, new)
        return None

    def _rest(self, feed: Feed, state: FeedState, new: Sequence[Article] = (), found: int = 0, error: str = "") -> None:
        """Note that a feed was had, with the articles or so many things that are new of it and what went wrong with a
        part, and learn when to ask again."""
        now, found = self.keeper.now(), found + len(new)
        interval = learn_interval(state.interval, found, feed.least_s, feed.most_s)
        state = replace(state, interval=interval, next=now + spread(interval, self.keeper.random))
        state = replace(state, found=now if found else state.found, failures=0, error=error)
        self.keeper.states.save_feed(state, new)

    def _fail(self, feed: Feed, state: FeedState, message: str) -> None:
        """Note that a feed could not be had, and wait the longer the more often."""
        failures = state.failures + 1
        due = self.keeper.now() + back_off(state.interval, failures, self.keeper.random)
        self.keeper.states.save_feed(replace(state, failures=failures, error=message, next=due))
        self.keeper.hear(Problem(step="watch", input=feed.name, message=message))

    def _visit(self, feed: Feed, state: FeedState) -> None:
        """Look into a folder or a mailbox, and keep what is new in it."""
        try:
            if feed.kind == "folder":
                found = visit_folder(self.keeper, feed, self.asker.stopped)
            else:
                found, state = visit_mailbox(self.keeper, feed, state, self.read_secret, self.asker.stopped)
        except UnreadableError as error:
            marks = {one.name: one.mark for one in self.keeper.states.feeds()}  # What was read before it is read.
            self._fail(feed, replace(state, mark=marks.get(feed.name, state.mark)), str(error))
            return
        self._rest(feed, state, found=found)

    def _ask_articles(self) -> None:
        """Have the articles that are due: all are captured first, which takes a moment each, and then read, so that
        little is fetched again after a crash."""
        keeper, requests = self.keeper, []
        for article in keeper.states.due_articles(keeper.now()):
            if article.url and not article.got:
                headers = make_conditions(article) if article.words else {}
                robots = keeper.feeds[article.feed].robots
                requests.append(Request(article.url, article, headers, robots=robots))
        for request, answer in self.asker.ask_all(requests):
            asked = request.about
            assert isinstance(asked, Article)
            if isinstance(answer, Answer):
                keeper.take_answer(asked, answer)
            elif answer.held:
                keeper.hold(asked, answer.held)
            else:
                keeper.fail(asked, answer.message, answer.forever)
        for article in keeper.states.due_articles(keeper.now()):
            if self.asker.stopped():
                return
            if article.got:
                keeper.take_captured(article)
            elif not article.url:
                keeper.take_entry(article)
