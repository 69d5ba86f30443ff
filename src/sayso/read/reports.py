"""Making a report: the last step of every format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from urllib.parse import urlsplit

from sayso.ids import digest_report
from sayso.read.addresses import drop_userinfo
from sayso.read.cleanings import replace_unstorable
from sayso.read.dates import parse_published
from sayso.read.furniture import find_byline
from sayso.read.languages import detect_language, name_language
from sayso.read.mastheads import find_masthead, name_file
from sayso.record import Report
from sayso.tables import load_rows

# The parts of a host's name that say which edition of an outlet a page is from, not which outlet.
_EDITION = re.compile(r"^(?:(?:www\d?|m|mobile|amp|edition|news|rss|feeds?)\.)+(?=[^.]+\.)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The bytes of one page or file, and what is known of them: `sha256` of the bytes; `url` they were fetched from and
    `retrieved`, when; `charset` as the server declared it. `name` is the path or URL, for messages. `columns` are those
    of a table that the user named, by the fields that they hold."""

    content: bytes
    name: str
    sha256: str = ""
    url: str = ""
    charset: str = ""
    retrieved: datetime | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an input says about its report besides the text, each as found, "" where it says nothing.

    `published_words` are given where the input keeps them apart from a `published` that was made of them. `site` is
    what the collection is called that the report was found in, a feed or a sender's domain; `file` the name of the file
    that holds this report alone.
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
    site: str = ""
    file: str = ""


def make_report(text: str, facts: Facts, *, raw: str = "", retrieved: datetime | None = None) -> Report:
    """The report of a text and its facts, with language, outlet, digest and id filled in where the input has none.

    See `name_outlet` for the outlet; the author falls back on the text's byline, the language on the text's own, the id
    on the digest. `published` is None where the words name no day; the words are kept.
    """
    text = replace_unstorable(text)
    moment = parse_published(facts.published)
    report = Report(
        id="",
        text=text,
        raw=raw,
        outlet=_keep(facts.outlet) or name_outlet(text, facts),
        title=_keep(facts.title),
        author=_keep(facts.author) or find_byline(text),
        published=moment[0] if moment else None,
        published_words=_keep(facts.published_words) or _keep(facts.published),
        published_exact=moment[1] if moment else False,
        retrieved=retrieved,
        language=name_language(facts.language) or detect_language(text),
        url=_keep_address(facts.url),
        cites=tuple(filter(None, map(_keep_address, facts.cites))),
        links=tuple(dict.fromkeys(filter(None, map(_keep_address, facts.links)))),
    )
    return _name_report(report, _keep_address(facts.id))


def name_outlet(text: str, facts: Facts) -> str:
    """The outlet of a text whose facts name none: as its masthead has it, else by the address it is from, the feed or
    sender that it came in, and last the name of its file; "" where not even that tells."""
    found = find_masthead(text, f"{name_host(facts.url)} {name_file(facts.file)}")[0]
    return found or name_site(facts.url) or _keep(facts.site) or _keep(name_file(facts.file))


def name_site(url: str) -> str:
    """The name of the outlet whose site an address is on, where it is a known one's, else its host."""
    host = name_host(url)
    return load_domains().get(host, host)


@cache
def load_domains() -> dict[str, str]:
    """The names of outlets by their domains, without platforms, where anybody posts."""
    rows = (row for row in load_rows("outlets.tsv") if row["kind"] != "platform")
    return {domain: row["name"] for row in rows for domain in (row["domain"] or "").split("|") if domain}


def name_host(url: str) -> str:
    """The host of a web address without the parts that name an edition ("www.", "m.", "amp."); "" for no address."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _EDITION.sub("", host)


def _keep(words: str) -> str:
    return replace_unstorable(words).strip()


def _keep_address(words: str) -> str:
    return drop_userinfo(_keep(words))


def _name_report(report: Report, given: str) -> Report:
    digest = digest_report(report)
    return replace(report, digest=digest, id=given or digest)
