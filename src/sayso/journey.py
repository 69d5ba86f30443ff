"""The way of a report, from bytes to brief, top to bottom. A newcomer starts here.

    read -> extract -> ledger -> weigh -> tell

`read_all` takes inputs to readings, `add_all` keeps them, `know` weighs what is kept, `tell` tells it as a brief,
`check` holds an article against it, and `explain` tells the way of one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from sayso.crashes import leave_out, list_left, mention, survive
from sayso.crashes import tell as tell_crash
from sayso.engines import Engine, Given, Item, read_in_pool
from sayso.errors import Error
from sayso.extract import name_extractor
from sayso.read import read_inputs
from sayso.record import Brief, Checked, Judgement, Picture, Problem, Proposal, Raw, Reading, Remark, Report

if TYPE_CHECKING:
    from sayso.advise.advisers import Adviser
    from sayso.ledger import Ledger, Search
    from sayso.tell.explanations import Step
    from sayso.tell.foreseen import Foreseen

T = TypeVar("T")
COMPARED_WHOLE, MOST_COMPARED = 1_000, 400
"""A ledger of so many reports is compared with an article as a whole; of a bigger one, so many reports."""


def read_all(
    inputs: Iterable[str],
    *,
    workers: int = 1,
    gazetteer: str = "",
    skip: Callable[[Report], bool] | None = None,
    **options: object,
) -> Generator[Item]:
    """Read and extract: the raw bytes, readings, problems and remarks of some inputs, in their order.

    `workers` is the number of processes; where there are few reports they are parsed in this one. `gazetteer`
    is the path of an imported one ("": that which comes with sayso). A report of which `skip` is true is passed over.
    The other options go to `read_inputs`.
    """
    items = read_inputs(inputs, **options)  # type: ignore[arg-type]
    return extract_all((i for i in items if not (skip and isinstance(i, Report) and skip(i))), workers, gazetteer)


def extract_all(
    items: Iterable[Given], workers: int = 1, gazetteer: str = "", engine: Engine = read_in_pool
) -> Generator[Item]:
    """The readings of some reports, everything else as it came, in order, by an engine."""
    return engine(items, workers=workers, gazetteer=gazetteer)


class Sink(Protocol):
    """Where what was read is kept: a ledger, or files (`sayso.share.sinks`)."""

    def has_report(self, digest: str, extractor: str) -> bool:
        """Whether a reading of this report by this extractor is kept."""
        ...

    def add_raw(self, raw: Raw) -> bool:
        """Keep the bytes of an input; True if they were not kept yet."""
        ...

    def add_report(self, report: Report) -> bool:
        """Keep that a report came again; True if it was not kept yet."""
        ...

    def add_reading(self, reading: Reading, *, extractor: str) -> bool:
        """Keep a reading; True if it was not kept yet. Raises `RefusedReportError` where this one cannot be."""
        ...


@dataclass(slots=True)
class Added:
    """What adding did: readings that were new, readings known before, what went wrong and what else is to be said."""

    new: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def add_all(
    sink: Sink,
    inputs: Iterable[str],
    *,
    workers: int = 1,
    gazetteer: str = "",
    engine: Engine = read_in_pool,
    watch: Callable[[Iterable[Item]], Iterable[Item]] = iter,
    added: Added | None = None,
    **options: object,
) -> Added:
    """Read some inputs and keep them. A report already read by this version of the extractor, with
    this gazetteer, is not read again.

    `engine` reads (see `sayso.engines`). `watch` passes the items on as they come, to show how far it is. `added`, if
    given, is filled as it goes, so that whoever stops it knows what is kept.
    """
    items = read_inputs(inputs, **options)  # type: ignore[arg-type]
    return add_items(sink, items, workers=workers, gazetteer=gazetteer, engine=engine, watch=watch, added=added)


def add_items(
    sink: Sink,
    items: Iterable[Given],
    *,
    workers: int = 1,
    gazetteer: str = "",
    engine: Engine = read_in_pool,
    watch: Callable[[Iterable[Item]], Iterable[Item]] = iter,
    added: Added | None = None,
) -> Added:
    """The same of what was read already, wherever it came from."""
    added, extractor = added or Added(), name_extractor(gazetteer)

    def known(item: Given) -> bool:
        if not isinstance(item, Report) or not sink.has_report(item.digest, extractor):
            return False
        sink.add_report(item)
        added.known += 1
        return True

    # Closed here, so that its processes are ended before Python is, whatever stops it.
    with closing(extract_all((item for item in items if not known(item)), workers, gazetteer, engine)) as found:
        keep_all(sink, watch(found), extractor, added)
    return added


def keep_all(sink: Sink, items: Iterable[Item], extractor: str, added: Added) -> None:
    """Keep what was read, and count it in `added`."""
    from sayso.ledger import RefusedReportError

    for item in items:
        if isinstance(item, Raw):
            sink.add_raw(item)
        elif isinstance(item, Problem):
            added.problems.append(item)
        elif isinstance(item, Remark):
            added.remarks.append(item)
        else:
            try:
                new = sink.add_reading(item, extractor=extractor)
            except RefusedReportError as error:
                added.problems.append(Problem(step="add_reading", message=str(error), input=item.report.id))
                continue
            except (Error, OSError):
                raise
            except Exception as error:  # A fault of ours on one report must not cost the user the others.
                message = f"it could not be kept: {tell_crash(error)}"
                added.problems.append(Problem(step="add_reading", message=message, input=item.report.id))
                continue
            added.new += new
            added.known += not new


def know(
    readings: Iterable[Reading],
    as_of: datetime | None = None,
    judgements: Iterable[Judgement] = (),
    story: str = "",
    adviser: Adviser | None = None,
    proposals: Sequence[Proposal] = (),
) -> Picture:
    """Weigh readings into a picture, as known at `as_of` (None: all there is) and as analysts judged; with `story`, of
    that one alone. With an `adviser`, a language model that the user has, its advice is asked too, beside the
    `proposals` that it made before. Raises `UnknownStoryError`."""
    given = tuple(readings)
    judged = tuple(judgements)
    picture = survive(lambda: _know(given, as_of, judged, story, adviser, proposals), "weighing")
    mention(picture.problems)
    return picture


def _know(
    given: tuple[Reading, ...],
    as_of: datetime | None,
    judgements: tuple[Judgement, ...],
    story: str,
    adviser: Adviser | None,
    proposals: Sequence[Proposal],
) -> Picture:
    """The same, or a crash."""
    from sayso.weigh import weigh_readings
    from sayso.weigh.stories import find_stories, pick_story

    readings = leave_out(given)
    if story:
        known = [r for r in readings if as_of is None or r.report.published is None or r.report.published <= as_of]
        stories = find_stories(known)
        wanted = set(stories[pick_story(stories, story)].reports)
        readings = tuple(r for r in known if r.report.id in wanted)
    if adviser is not None:
        from sayso.advise.pictures import advise_picture

        picture = advise_picture(adviser, readings, as_of, judgements, proposals)
    else:
        picture = weigh_readings(readings, as_of=as_of, judgements=judgements)
    return replace(picture, problems=(*list_left(given), *picture.problems))


def use_picture(picture: Picture, step: Callable[[Picture], T], name: str) -> tuple[T, Picture]:
    """What a step makes of a picture, and that picture; where the step crashes on some reports, of the picture of the
    others, whose problems name them. `name` says what the step does."""

    def use() -> tuple[T, Picture]:
        now = weigh_again(picture)
        return step(now), now

    return survive(use, name)


def weigh_again(picture: Picture) -> Picture:
    """A picture without the reports that are left out now; itself where none of them is in it."""
    from sayso.weigh import weigh_readings

    kept, left = leave_out(picture.readings), list_left(picture.readings)
    if not left:
        return picture
    now = weigh_readings(kept, as_of=picture.as_of, judgements=picture.judgements)
    mention((*left, *now.problems))
    return replace(now, problems=(*picture.problems, *left, *now.problems))


def know_ledger(
    ledger: Ledger,
    as_of: datetime | None = None,
    held_at: datetime | None = None,
    about: Search | None = None,
    story: str = "",
    cache: Path | None = None,
    adviser: Adviser | None = None,
) -> Picture:
    """The picture of what a ledger knew at `as_of`, as analysts had judged; as the ledger stood at `held_at`, of the
    reports `about` some words, or of one `story`. In `cache` it is kept which report is of which story. With an
    `adviser`, its advice is asked too. Raises `UnknownStoryError`."""
    from sayso.shelves import find_reports

    judged = ledger.judgements(as_of, entered_by=held_at, standing=True)
    only = find_reports(ledger, cache, story, as_of, held_at, judged) if story else None
    readings = ledger.readings(as_of, entered_by=held_at, about=about, only=only)
    if adviser is None:
        return know(readings, as_of, judged)
    from sayso.advise.pictures import load_proposals

    return know(readings, as_of, judged, adviser=adviser, proposals=load_proposals(ledger, held_at))


def tell(
    picture: Picture,
    before: Picture | None = None,
    title: str = "",
    foreseen: Foreseen | None = None,
    style: str = "plain",
    adviser: Adviser | None = None,
) -> Brief:
    """The cited situation report of a picture; with `before`, also what has changed since that one, and with
    `foreseen`, what people assessed of what is not known. `style` is plain or quotes. With the `adviser` of the
    picture, also what that would put in short, all that it proposed marked."""
    from sayso.tell.brief import compose_brief

    brief = compose_brief(picture, before=before, title=title, foreseen=foreseen, style=style)
    if adviser is None:
        return brief
    from sayso.advise.pictures import advise_brief

    return advise_brief(adviser, brief)


def explain(picture: Picture, what: str) -> list[Step]:
    """The journey of a claim, point, report, origin or somebody of a picture, step by step."""
    from sayso.tell.explanations import Explainer

    return Explainer(picture).explain(what)


def check(ledger: Ledger, articles: Iterable[Reading], as_of: datetime | None = None) -> Iterator[Checked]:
    """Check articles against what a ledger holds, as known at `as_of` (None: all there is). Of a big ledger, each
    article is compared with the reports that are most like it."""
    from sayso.ledger import Search
    from sayso.weigh.checks import check_article
    from sayso.weigh.checks.clues import list_clues

    judged = ledger.judgements(as_of, standing=True)
    big = ledger.count()["reports"] > COMPARED_WHOLE
    whole = () if big else tuple(ledger.readings(as_of))
    for article in articles:
        clues = list_clues(article.report) if big else ()
        like = ledger.readings(as_of, about=Search(either=clues), most=MOST_COMPARED) if clues else whole
        yield survive(partial(check_article, article, like, as_of, judged), "checking")
