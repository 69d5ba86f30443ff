"""Sitemaps that a feed's own sitemap lists (sitemaps.org: a sitemapindex), the newest first, within bounds.

Those that say when they changed are asked for again when they say so, the others each time, and all for what changed
only. What an answer lists is noted before the answer counts as had.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sayso.ids import make_id
from sayso.read.fetches import Answer, explain_status, tell_own
from sayso.read.openings import UnreadableError
from sayso.record import Problem, Remark
from sayso.watch.articles import Keeper
from sayso.watch.askings import Asker, Refused, Request
from sayso.watch.entries import MOST_ENTRIES, MOST_SITEMAPS, Listing, NamedSitemap, find_end
from sayso.watch.feeds import Feed
from sayso.watch.lists import list_apart
from sayso.watch.states import TRUSTED, FeedState, Sitemap, make_conditions

DEEPEST = 2
"""How many lists of sitemaps lead to a sitemap. The protocol has one, and some sites have a list of lists."""
MOST_BYTES = 50_000_000
"""Bytes of the sitemaps that are read at one asking, as they come, as many as one may have; the rest are read at the
next."""


@dataclass(slots=True)
class Walk:
    """A feed's sitemaps while they are asked for: what is still to be asked, the newest first, how many more sitemaps,
    bytes and entries are read, how much was new, and what went wrong last."""

    feed: Feed
    state: FeedState
    waiting: deque[Sitemap]
    sitemaps: int
    bytes: int
    entries: int
    found: int = 0
    error: str = ""
    seen: set[str] = field(default_factory=set)


def note_sitemaps(keeper: Keeper, feed: Feed, listing: Listing, parent: Sitemap | None = None) -> None:
    """Note which sitemaps a feed lists, or one of the lists that it lists. A list that was cut off takes none away."""
    above = parent.url if parent else ""
    known = keeper.states.list_sitemaps(feed.name, above)
    if not (listing.sitemaps or known):
        return
    rows = [make_sitemap(feed, one, place, parent) for place, one in enumerate(listing.sitemaps)]
    keeper.states.save_sitemaps(feed.name, above, rows, whole=not listing.cut)
    if listing.more and not known:
        message = f"it lists {len(rows) + listing.more:,} sitemaps; the newest {len(rows)} of them are watched"
        keeper.hear(Remark(step="watch", input=above or feed.name, message=message))


def make_sitemap(feed: Feed, named: NamedSitemap, place: int, parent: Sitemap | None) -> Sitemap:
    """What is known of a sitemap that was just listed."""
    above, depth = (parent.url, parent.depth + 1) if parent else ("", 1)
    return Sitemap(
        id=make_id(feed.name, above, named.url),
        feed=feed.name,
        parent=above,
        url=named.url,
        place=place,
        depth=depth,
        changed=named.changed,
    )


def begin_walk(keeper: Keeper, feed: Feed, state: FeedState) -> Walk | None:
    """The walk through the sitemaps that a feed lists; None for a feed that lists articles."""
    listed = keeper.states.list_sitemaps(feed.name, "")
    return Walk(feed, state, deque(listed), MOST_SITEMAPS, MOST_BYTES, MOST_ENTRIES) if listed else None


def ask_sitemaps(keeper: Keeper, asker: Asker, walks: Sequence[Walk]) -> None:
    """Ask for the sitemaps that are due, of each feed one after the other, so that what the newer ones list counts
    first; many feeds at once."""
    while not asker.stopped():
        due = {walk.feed.name: (walk, one) for walk in walks if (one := find_next(keeper, walk))}
        if not due:
            return
        requests = [
            Request(tell_own(walk.feed.where, one.url), name, make_conditions(one), robots=walk.feed.robots)
            for name, (walk, one) in due.items()
        ]
        for request, answer in asker.ask_all(requests):
            walk, sitemap = due[str(request.about)]
            take_sitemap(keeper, walk, sitemap, answer)


def find_next(keeper: Keeper, walk: Walk) -> Sitemap | None:
    """The next sitemap to ask for; None where there is none, or enough was read."""
    while walk.waiting and walk.sitemaps > 0 and walk.bytes > 0 and walk.entries > 0:
        sitemap = walk.waiting.popleft()
        if sitemap.url in walk.seen:
            continue
        walk.seen.add(sitemap.url)
        walk.sitemaps -= 1
        if not is_settled(sitemap):
            return sitemap
        go_below(keeper, walk, replace(sitemap, unchanged=sitemap.unchanged + 1))
    return None


def is_settled(sitemap: Sitemap) -> bool:
    """Whether a sitemap is as it was by the word of the list that names it: what changes on a day that is told without
    a time may change again on it. Now and then that word is not trusted."""
    end = find_end(sitemap.changed)
    told = sitemap.had == sitemap.changed and sitemap.unchanged < TRUSTED
    return told and end is not None and sitemap.asked >= end.timestamp()


def take_sitemap(keeper: Keeper, walk: Walk, sitemap: Sitemap, answer: Answer | Refused) -> None:
    """Make of a sitemap what a server answered: its entries are noted, and those that it lists come next."""
    if isinstance(answer, Refused):
        if answer.held:
            walk.waiting.clear()
            walk.error = answer.message
            return
        fail_sitemap(keeper, walk, sitemap, answer.message)
    elif answer.status == 304 and make_conditions(sitemap):
        go_below(keeper, walk, replace(settle(keeper, sitemap), unchanged=sitemap.unchanged + 1))
    elif answer.status != 200:
        fail_sitemap(keeper, walk, replace(sitemap, etag="", modified=""), explain_status(answer))
    else:
        read_sitemap(keeper, walk, sitemap, answer)


def read_sitemap(keeper: Keeper, walk: Walk, sitemap: Sitemap, answer: Answer) -> None:
    """The same of an answer that holds something."""
    walk.bytes -= len(answer.content)
    digest = hashlib.sha256(answer.content).hexdigest()
    had = replace(settle(keeper, sitemap), etag=answer.header("etag"), modified=answer.header("last-modified"))
    had = replace(had, unchanged=0)
    if digest == sitemap.digest:
        go_below(keeper, walk, had)
        return
    try:
        listing = list_apart(walk.feed, answer, keeper.clock())
        if listing.sitemaps and sitemap.depth >= DEEPEST:
            raise UnreadableError("a list of sitemaps too far below the feed's own; name it as a feed")
    except UnreadableError as error:
        fail_sitemap(keeper, walk, replace(sitemap, etag="", modified=""), str(error))
        return
    walk.entries -= len(listing.entries)
    had = replace(had, digest=digest)
    if listing.cut:  # What was cut off may hold more.
        had = replace(had, digest="", etag="", modified="", had="")
    seen_in = keeper.captures.keep(answer)
    note_sitemaps(keeper, walk.feed, listing, sitemap)
    if listing.sitemaps:
        go_below(keeper, walk, had)
        return
    new = list(keeper.find_new(walk.feed, listing, seen_in))
    walk.found += len(new)
    keeper.states.save_sitemap(had, new)


def settle(keeper: Keeper, sitemap: Sitemap) -> Sitemap:
    """A sitemap that was had."""
    return replace(sitemap, had=sitemap.changed, asked=keeper.now())


def go_below(keeper: Keeper, walk: Walk, sitemap: Sitemap) -> None:
    """Keep what is known of a sitemap; where it lists others, these come next."""
    keeper.states.save_sitemap(sitemap)
    walk.waiting.extendleft(reversed(keeper.states.list_sitemaps(sitemap.feed, sitemap.url)))


def fail_sitemap(keeper: Keeper, walk: Walk, sitemap: Sitemap, message: str) -> None:
    """Note that a sitemap could not be had, which costs the others nothing; it is asked for again with them."""
    keeper.states.save_sitemap(sitemap)
    keeper.hear(Problem(step="watch", input=sitemap.url, message=message))
    walk.error = f"{sitemap.url}: {message}"
