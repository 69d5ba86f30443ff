"""Pages of the desk as they lie in a folder of files: what each leads to, and how it is rewritten to lead to files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

KEPT_QUERY = {"name", "page"}
"""What of an address's query names a page of its own; other moments and filters are the desk's."""
LIVE_SCRIPTS = ("/assets/vendor/htmx", "/assets/desk.js", "/assets/events.js", "/assets/review.js", "/assets/add.js")
DROPPED = {"form", "dialog"}
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file: data:; "
    "font-src 'self' file:; base-uri 'none'; form-action 'none'"
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(slots=True)
class Site:
    """Pages by their addresses, and by theirs assets, files to save and the JSON that pages draw from, as they were
    answered."""

    pages: dict[str, str] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    first: str = "/"

    def name_file(self, address: str) -> str:
        """The file of a page: "stories/811d94a3.html"; the first page is index.html."""
        if address == self.first:
            return "index.html"
        path, _, query = address.partition("?")
        apart = f"-{hashlib.sha256(query.encode()).hexdigest()[:10]}" if query else ""
        return f"{path.strip('/') or 'desk'}{apart}.html"


def read_address(link: str) -> str:
    """The page that a link leads to, without its place in it; "" where that is none of the desk's, or a raw file."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return ""
    if parts.path.endswith("/archived") or ".." in unquote(parts.path):
        return ""
    given = parse_qsl(parts.query, keep_blank_values=True)
    if any(name not in KEPT_QUERY for name, _ in given):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def is_file(address: str) -> bool:
    """Whether an address is that of a file to save ("/stories/811d94a3/brief.md"), and no page."""
    return "." in address.partition("?")[0].rpartition("/")[2]


class Links(HTMLParser):
    """The pages and assets that a page leads to."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.pages: list[str] = []
        self.assets: list[str] = []
        self.drawn: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take its links."""
        for name, value in attrs:
            if is_drawn(name, value):
                self.drawn.append(value or "")
            elif name in ("href", "src") and value:
                if value.startswith("/assets/"):
                    self.assets.append(value)
                elif tag == "a":
                    self.pages.append(value)


def is_drawn(name: str, value: str | None) -> bool:
    """Whether an attribute names JSON of the desk that a script draws from."""
    return name.startswith("data-") and (value or "").startswith("/") and urlsplit(value or "").path.endswith(".json")


class Rewriter(HTMLParser):
    """A page as it is written into the folder: everything else stays as the desk wrote it, to the character."""

    def __init__(self, site: Site, file: str) -> None:
        """For one file of a site."""
        super().__init__(convert_charrefs=False)
        self.site, self.file = site, file
        self.out: list[str] = []
        self.skipped: list[str] = []
        """The tag that is left out with all within it, once for each one open of the same name."""
        self.links: list[str] = []
        """What each open link ends with."""
        self.in_nav = 0
        self.is_still = False
        """Whether what answers the page's scripts is in it."""

    def lead(self, target: str) -> str:
        """The relative way from this file to another."""
        return os.path.relpath(target, PurePosixPath(self.file).parent).replace(os.sep, "/")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write it with its links made relative, or leave it out."""
        given = dict(attrs)
        if self.skipped:
            if tag == self.skipped[0] and tag not in VOID:
                self.skipped.append(tag)
            return
        if self.leaves_out(tag, given):
            if tag not in VOID:
                self.skipped.append(tag)
            return
        self.in_nav += tag == "nav"
        for name, value in attrs:
            if is_drawn(name, value) and (path := urlsplit(value or "").path) in self.site.drawn:
                self.write_drawn(path)
        if tag == "a" and "href" in given:
            self.begin_link(attrs, given["href"] or "")
            return
        for name in ("href", "src"):
            if (given.get(name) or "").startswith("/assets/"):
                given[name] = self.lead(urlsplit(given[name] or "").path.lstrip("/"))
        if given == dict(attrs) and not any(name.startswith("hx-") for name in given):
            self.out.append(self.get_starttag_text() or "")
        else:
            self.out.append(write_tag(tag, given.items()))
        if tag == "head":
            self.out.append(f'\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">')
            self.out.append(f'\n<link rel="stylesheet" href="{self.lead("assets/site.css")}">')

    def write_drawn(self, path: str) -> None:
        """Put JSON before the element that is drawn from it, as a script that runs before the page's own."""
        if not self.is_still:
            self.is_still, first = True, escape(self.site.first)
            still, root = self.lead("assets/still.js"), self.lead(".")
            self.out.append(f'<script src="{still}" data-root="{root}" data-first="{first}"></script>')
        self.out.append(f'<script src="{escape(self.lead(path.lstrip("/")))}.js"></script>')

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed at once stays as it is."""
        if not self.skipped:
            self.out.append(self.get_starttag_text() or "")

    def leaves_out(self, tag: str, given: dict[str, str | None]) -> bool:
        """Whether an element needs a server: forms, who is at the desk, its own scripts, and what says so."""
        if tag in DROPPED or "data-live" in given:
            return True
        if tag == "script":
            return any((given.get("src") or "").startswith(name) for name in LIVE_SCRIPTS)
        if tag == "meta" and given.get("name") == "htmx-config":
            return True
        return "who" in (given.get("class") or "").split() or given.get("id") == "told"

    def begin_link(self, attrs: list[tuple[str, str | None]], href: str) -> None:
        """A link: to another file, elsewhere, or where it leads nowhere its words alone."""
        page, place = read_address(href), urlsplit(href).fragment
        if href.startswith("#") or urlsplit(href).scheme in ("http", "https"):
            self.out.append(self.get_starttag_text() or "")
            self.links.append("</a>")
        elif page in self.site.pages or page in self.site.files:
            file = self.site.name_file(page) if page in self.site.pages else page.partition("?")[0].lstrip("/")
            target = self.lead(file) + (f"#{place}" if place else "")
            kept = [(name, target if name == "href" else value) for name, value in attrs]
            self.out.append(write_tag("a", kept))
            self.links.append("</a>")
        elif self.in_nav:
            self.skipped.append("a")
        else:
            kept = [(name, value) for name, value in attrs if name in ("class", "id", "title", "dir", "lang")]
            self.out.append(write_tag("span", kept))
            self.links.append("</span>")

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        if self.skipped:
            if tag == self.skipped[0]:
                self.skipped.pop()
            return
        self.in_nav -= tag == "nav"
        self.out.append(self.links.pop() if tag == "a" and self.links else f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Words stay."""
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        """So does "&amp;"."""
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """So does "&#34;"."""
        self.write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """So does the doctype."""
        self.write(f"<!{decl}>")

    def write(self, words: str) -> None:
        """Write words unless they are left out."""
        if not self.skipped:
            self.out.append(words)


def write_tag(tag: str, attrs: Iterable[tuple[str, str | None]]) -> str:
    """A start tag without what asks a server."""
    kept = [(name, value) for name, value in attrs if not name.startswith("hx-")]
    words = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in kept)
    return f"<{tag}{words}>"
