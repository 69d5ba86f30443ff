"""Content ids: the same content gives the same id on every machine, and a different one never does.

A digest is BLAKE2b (RFC 7693) over the canonical JSON of the values: sorted keys, no white space, UTF-8.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sayso.record import Claim, Report, Span

ID_LENGTH = 16
"""Hex digits of a short id: 64 bits, enough for a billion claims at one chance in forty of a single collision."""
UNCOUNTED = frozenset(("question",))
"""Fields that are no part of a noun's content: how an answer is asked for is worded anew from the same words, and a
better wording makes no other claim."""
PLAIN = frozenset((str, bytes, bool))
"""What is its own content."""


def make_id(*values: Any) -> str:
    """The short id of a sequence of JSON values (datetimes as ISO 8601)."""
    words = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.blake2b(words.encode("utf8", "surrogatepass"), digest_size=ID_LENGTH // 2).hexdigest()


def digest_report(report: Report) -> str:
    """The digest of a report's content: what was published, where, when and under which title.

    The input's own id, the moment of retrieval and the raw bytes do not count: the same article fetched twice, or
    given under two ids, is one report.
    """
    return make_id(report.text, report.outlet, report.title, report.url, report.published)


def seat_of(report: str, start: int, end: int, text: str, figure: Span | None = None) -> str:
    """The seat of a claim: where in which report it stands and in what words, so that judgements on it survive a
    better extractor. `figure` is the span of its figure, which tells apart two claims of one clause."""
    return make_id(report, start, end, text, *(figure or ()))


def identify_claim(claim: Claim) -> Claim:
    """The claim with its `seat` and `id` filled in: the id is made from all its content but the id itself."""
    figure = (claim.figure.start, claim.figure.end) if claim.figure else None
    seated = replace(claim, id="", seat=seat_of(claim.report, claim.start, claim.end, claim.text, figure))
    return replace(seated, id=make_id(list_content(seated)))


def list_content(value: Any) -> Any:
    """A noun's content as JSON values that are the same before and after it has been written as JSON.

    Fields at their defaults are left out, so that a noun that gains a field keeps its old ids; whole numbers count as
    floats, numbers that JSON cannot carry as null, moments as UTC.
    """
    if value is None or value.__class__ in PLAIN:
        return value
    if is_dataclass(value):
        content = {}
        for name, (default, left_out) in list_defaults(value.__class__).items():
            held = getattr(value, name)
            if held is not left_out and (inside := list_content(held)) != default:
                content[name] = inside
        return content
    if isinstance(value, tuple | list):
        return [list_content(v) for v in value]
    if isinstance(value, datetime):
        try:
            return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
        except OverflowError:  # A moment within a day of the calendar's ends has no UTC form.
            return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if abs(value) <= sys.float_info.max else None
    return value


@cache
def list_defaults(noun: type) -> dict[str, tuple[Any, Any]]:
    """The fields of a noun that count for its content, with the contents that they have by default and the defaults
    themselves; what has none gets an object like no other."""
    counted = (f for f in fields(noun) if f.name not in UNCOUNTED)
    nothing = object()
    return {
        f.name: (nothing, nothing) if f.default is MISSING else (list_content(f.default), f.default) for f in counted
    }


def identify_source(name: str) -> str:
    """The id under which a source is judged: that of its name, whatever its capitals and spaces."""
    return make_id("source", " ".join(name.casefold().split()))
