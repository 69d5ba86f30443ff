"""What comes in: bytes, reports, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Span = tuple[int, int]
"""Start and end of a passage of a report's text, in code points, end exclusive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with an input or a passage, as a value: the rest goes on without it.

    `input` names the path, URL or line; `step` the function that met the problem; `message` says what is wrong and
    what to do about it, in one line. `start` and `end` are set when a passage of the report is meant.
    """

    step: str
    message: str
    input: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of an input that is no fault of it: how it was read where that had to be guessed, and what was
    passed over. `input` names the path or URL; `step` the function that says so; `message` is one line."""

    step: str
    message: str
    input: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The bytes of an input as they came, kept by their hash. `name` is the path or URL they came from."""

    sha256: str
    content: bytes
    name: str
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One published text by one outlet, in one version.

    `id` is the input's own where it had one, else made from the content. `digest` is always made from the content
    (see `sayso.ids`). `raw` is the SHA-256 of the bytes (`Raw`) that it was read from. `published` is None when the
    report does not say; `published_words` keeps the words that said it, and `published_exact` is False when only the
    day is known (`published` is then the day's first moment). `cites` are the outlets that the input itself names as
    its sources (a dispatch's list of references), as given; `links` the addresses that its text links to. `reader` is
    the package and version of the plugin that read it, "" for sayso's own readers.
    """

    id: str
    text: str
    digest: str = ""
    raw: str = ""
    outlet: str = ""
    title: str = ""
    author: str = ""
    published: datetime | None = None
    published_words: str = ""
    published_exact: bool = False
    retrieved: datetime | None = None
    language: str = ""
    url: str = ""
    cites: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    reader: str = ""
