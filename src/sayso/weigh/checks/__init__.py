"""Checking an article: what each of its passages is worth, seen from the reports of a ledger.

The article is weighed together with the reports, and each check then looks at one way in which a passage can be wrong:
by itself (`impossible`), against a later version of the article (`versions`), in one part of an answer (`slips`),
against what others answer to the same questions (`doubts`). What no check objects to is told by how many origins stand
behind it (`support`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sayso.record import Checked, Flag, Judgement, Reading
from sayso.weigh.checks.doubts import find_doubts
from sayso.weigh.checks.impossible import find_impossible
from sayso.weigh.checks.matters import Matter, gather_matter, is_same_report
from sayso.weigh.checks.slips import find_slips
from sayso.weigh.checks.support import tell_support
from sayso.weigh.checks.versions import find_corrections

CHECKS: tuple[Callable[[Matter], Iterator[Flag]], ...] = (
    find_impossible,
    find_corrections,
    find_slips,
    find_doubts,
)
"""The checks that object to a passage, the surest first: of several on one passage, the first of each kind is kept."""

ALARMS = frozenset(
    ("contradicted", "outdated", "misattributed", "hedge-dropped", "scope-changed", "impossible"),
)
"""Kinds that object to a passage; the others say what stands behind it."""


def check_article(
    article: Reading,
    readings: Iterable[Reading],
    as_of: datetime | None = None,
    judgements: Iterable[Judgement] = (),
) -> Checked:
    """Every claim of an article, flagged by what the reports of a ledger hold against it or for it.

    The article itself (the same id or the same text) is left out of the reports. With `as_of`, only reports published
    by then count, and the article is judged as of then; without, everything known counts, but what has only changed
    since a dated article came out does not make it wrong. `judgements` are those that stand on the reports.
    """
    others = [r for r in readings if not is_same_report(article.report, r.report)]
    matter = gather_matter(article, others, as_of, judgements)
    alarms = list(drop_repeated(flag for check in CHECKS for flag in check(matter)))
    flags = sorted([*alarms, *tell_support(matter, alarms)], key=lambda f: (f.start, f.end, f.kind))
    return Checked(article=article, flags=tuple(flags), picture=matter.picture)


def drop_repeated(flags: Iterable[Flag]) -> Iterator[Flag]:
    """The flags without those that say of a passage, or of one around or within it, what an earlier one says."""
    kept: list[Flag] = []
    for flag in flags:
        inside = (f.start < flag.end and flag.start < f.end and f.kind == flag.kind for f in kept)
        if not any(inside):
            kept.append(flag)
            yield flag
