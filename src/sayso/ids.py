"""Content ids: the same content gives the same id on every machine, and a different one never does.

A digest is BLAKE2b (RFC 7693) over the canonical JSON of the values: sorted keys, no white space, UTF-8.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sayso.record import Report

ID_LENGTH = 16
"""Hex digits of a short id: 64 bits, enough for a billion claims at one chance in forty of a single collision."""


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
