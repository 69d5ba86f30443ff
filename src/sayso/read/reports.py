"""Making a report: the last step of every format."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from sayso.ids import digest_report
from sayso.read.cleanings import replace_unstorable
from sayso.read.dates import parse_published
from sayso.read.languages import detect_language, name_language
from sayso.record import Report

# The parts of a host's name that say which edition of an outlet a page is from, not which outlet.
_EDITION = re.compile(r"^(?:(?:www\d?|m|mobile|amp|edition|news|rss|feeds?)\.)+(?=[^.]+\.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of one page or file, and what is known of them: `sha256` of the bytes; `url` they were fetched from and
    `retrieved`, when; `charset` as the server declared it. `name` is the path or URL, for messages."""

    content: bytes
    name: str
    sha256: str = ""
    url: str = ""
    charset: str = ""
    retrieved: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an input says about its report besides the text, each as found, "" where it says nothing.

    `published_words` are given where the input keeps them apart from a `published` that was made of them.
    """

    id: str = ""
    outlet: str = ""
    title: str = ""
    author: str = ""
    published: str = ""
    published_words: str = ""
    language: str = ""
    url: str = ""
    cites: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def make_report(text: str, facts: Facts, *, raw: str = "", retrieved: datetime | None = None) -> Report:
    """The report of a text and its facts, with language, outlet, digest and id filled in where the input has none.

    The outlet falls back on the host of the URL, the language on the text's own, the id on the digest. `published` is
    None where the words name no day; the words are kept.
    """
    text = replace_unstorable(text)
    moment = parse_published(facts.published)
    report = Report(
        id="",
        text=text,
        raw=raw,
        outlet=_keep(facts.outlet) or name_host(facts.url),
        title=_keep(facts.title),
        author=_keep(facts.author),
        published=moment[0] if moment else None,
        published_words=_keep(facts.published_words) or _keep(facts.published),
        published_exact=moment[1] if moment else False,
        retrieved=retrieved,
        language=name_language(facts.language) or detect_language(text),
        url=_keep(facts.url),
        cites=tuple(filter(None, map(_keep, facts.cites))),
        links=tuple(dict.fromkeys(filter(None, map(_keep, facts.links)))),
    )
    return _name_report(report, _keep(facts.id))


def name_host(url: str) -> str:
    """The host of a web address without the parts that name an edition ("www.", "m.", "amp."); "" for no address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _EDITION.sub("", host)


def _keep(words: str) -> str:
    return replace_unstorable(words).strip()


def _name_report(report: Report, given: str) -> Report:
    digest = digest_report(report)
    return replace(report, digest=digest, id=given or digest)
