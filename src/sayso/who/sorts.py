"""Of what sort a body is, by the nouns it is called by: which words can mean it and which cannot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from sayso.tables import load_rows

OUTLET_NOUNS = {
    "wire": frozenset({"agency", "wire", "newswire", "outlet"}),
    "newspaper": frozenset({"newspaper", "paper", "outlet"}),
    "magazine": frozenset({"magazine", "weekly", "outlet"}),
    "broadcaster": frozenset({"broadcaster", "channel", "station", "outlet"}),
    "site": frozenset({"site", "website", "outlet"}),
}
"""What the kinds of outlets in the table of them are called."""

MOST_NAMES = 10_000
"""Names whose noun is remembered."""


@cache
def load_sorts() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], frozenset[str]]:
    """The sorts that each noun tells, the sorts that each wide word may mean, and the sorts whose names tell
    nothing."""
    rows = load_rows("sorts.tsv")
    tells, means = _by_word(rows, "nouns"), _by_word(rows, "wide")
    return tells, means, frozenset(row["sort"] for row in rows if row["bare"])


def _by_word(rows: Sequence[dict[str, str]], column: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        for word in filter(None, (row[column] or "").split("|")):
            found.setdefault(word, set()).add(row["sort"])
    return {word: frozenset(sorts) for word, sorts in found.items()}


def is_known_sort(noun: str) -> bool:
    """Whether a noun tells a sort of body, or may mean any of one."""
    tells, means, _ = load_sorts()
    return noun in tells or noun in means


def fits(noun: str, called: set[str], *, unknown: bool = False) -> bool:
    """Whether a noun can mean a body that is `called` by these nouns; with `unknown`, whether it can mean a body of
    whose sort nothing is known."""
    tells, means, bare = load_sorts()
    sorts = {sort for word in called for sort in tells.get(word, ())}
    if unknown:
        return not sorts and bool((tells.get(noun, frozenset()) | means.get(noun, frozenset())) & bare)
    return noun in called or bool(sorts & means.get(noun, frozenset()))


@lru_cache(maxsize=MOST_NAMES)
def noun_of_name(name: str) -> str:
    """The noun that heads a name, in small letters ("service" of "Coast Rescue Service", "ministry" of "Ministry of
    Health"), "" where it tells no sort."""
    words = name.lower().replace(".", "").split()
    at = next((n for n, word in enumerate(words) if n and word in ("of", "for", "in", "on")), len(words))
    head = words[at - 1] if words else ""
    if is_known_sort(head):
        return head
    return next((noun for noun in sorted(load_sorts()[0]) if len(noun) > 3 and head.endswith(noun)), "")
