"""The desk, or one story of it, as a folder of files that any web host serves and that opens by itself.

The pages are the desk's own, asked of the application by a reader and followed from link to link. What needs a server
is left out: forms, what a link leads to that is not in the folder, and the scripts that ask the desk. Links are
relative, and what a page's own scripts draw from lies in scripts beside it (`assets/still.js`), so that the folder
works from a disk.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from sayso.errors import Error
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User

HOST = "desk"
MARK = ".sayso-site"
"""The file by which a folder is known to be a site of ours, which may be replaced."""
MOST_PAGES = 20_000
PARTS = ("stories", "reports", "sources", "outlets", "hypotheses", "scenarios", "questions")
"""What of the desk is for readers, by the first part of its address."""
KEPT_QUERY = {"name", "page"}
"""What of an address's query names a page of its own; other moments and filters are the desk's."""
LIVE_SCRIPTS = ("/assets/vendor/htmx", "/assets/desk.js", "/assets/events.js", "/assets/review.js", "/assets/add.js")
DROPPED = {"form", "dialog"}
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file: data:; "
    "font-src 'self' file:; base-uri 'none'; form-action 'none'"
)
STYLE = ".around li:empty, .within li:empty { display: none; }\n"
CSS_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)")
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


def write_site(desk: Desk, folder: Path, story: str = "") -> int:
    """Write the desk, or one story, into a folder, whole or not at all; how many pages it has. A folder that holds
    anything but a site that was written before is refused. Raises `Error`."""
    folder = folder.expanduser().absolute()
    check_folder(folder)
    # In a thread of its own, so that who calls may have an event loop running.
    with ThreadPoolExecutor(1) as pool:
        site = pool.submit(asyncio.run, gather_site(desk, story)).result()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            write_files(site, made)
            made.chmod(0o755)
            put_in_place(made, folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise Error(f"{folder}: {error.strerror or error}") from None
    return len(site.pages)


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds something else."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Error(f"{folder} is a file: name a folder")
    if not (folder / MARK).is_file() and any(folder.iterdir()):
        raise Error(f"{folder} holds something else: name an empty folder, or one that is not there yet")


def put_in_place(made: Path, folder: Path) -> None:
    """Set a finished folder in the place of the one before."""
    if not folder.exists():
        made.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    folder.rename(old / "old")
    try:
        made.rename(folder)
    except OSError:
        (old / "old").rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


async def gather_site(desk: Desk, story: str = "") -> Site:
    """The pages that are reached from the desk's first page, or from a story's, and what they need. Raises `Error`."""
    site = Site(first=f"/stories/{desk.story(story).id}" if story else "/")
    allowed = choose_allowed(desk, story)
    app = create_app(desk, [HOST], User("", "reader"))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", follow_redirects=False) as client:
        waiting, known = deque([site.first]), {site.first}
        while waiting:
            address = waiting.popleft()
            answer = await client.get(address)
            if is_file(address):
                if answer.status_code == 200:
                    site.files[address] = answer.content
                continue
            if answer.status_code != 200 or "text/html" not in answer.headers.get("content-type", ""):
                if address == site.first:
                    raise Error(f"{address} answered {answer.status_code}")
                continue
            site.pages[address] = answer.text
            if len(site.pages) > MOST_PAGES:
                raise Error(f"more than {MOST_PAGES} pages: publish a story of its own (--story)")
            links = Links()
            links.feed(answer.text)
            for link in links.pages:
                page = read_address(link)
                if page and page not in known and allowed(page):
                    known.add(page)
                    waiting.append(page)
            for asset in links.assets:
                await gather_asset(client, asset, site)
            for drawn in links.drawn:
                await gather_drawn(client, drawn, site)
    return site


def choose_allowed(desk: Desk, story: str) -> Callable[[str], bool]:
    """Whether a page belongs to the site: all that is for readers, or a story's own pages and its reports."""
    if not story:
        return lambda page: page == "/" or page.split("?")[0].split("/")[1] in PARTS
    id = desk.story(story).id
    digests = {reading.report.digest for reading in desk.picture(id).readings}

    def allowed(page: str) -> bool:
        parts = page.split("?")[0].split("/")
        return (parts[1] == "stories" and parts[2:3] == [id]) or (parts[1] == "reports" and parts[2] in digests)

    return allowed


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


async def gather_drawn(client: httpx.AsyncClient, address: str, site: Site) -> None:
    """Keep JSON that a page's script draws from."""
    path = urlsplit(address).path
    if path not in site.drawn:
        answer = await client.get(address)
        if answer.status_code == 200:
            site.drawn[path] = answer.text


async def gather_asset(client: httpx.AsyncClient, address: str, site: Site) -> None:
    """Keep a style, script or picture, and what a style names in its turn."""
    path = urlsplit(address).path
    if path in site.assets:
        return
    answer = await client.get(path)
    if answer.status_code != 200:
        return
    site.assets[path] = answer.content
    if path.endswith(".css"):
        for found in CSS_URL.findall(answer.text):
            inner = urlsplit(found).path
            whole = os.path.normpath(inner if inner.startswith("/") else str(PurePosixPath(path).parent / inner))
            if whole.startswith("/assets/"):
                await gather_asset(client, whole, site)


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


def write_files(site: Site, folder: Path) -> None:
    """Write all files of a site."""
    still = (files("sayso.serve") / "assets" / "still.js").read_bytes()
    own = {"/assets/site.css": STYLE.encode(), "/assets/still.js": still}
    for path, content in {**site.assets, **site.files, **own}.items():
        if not any(path.startswith(name) for name in LIVE_SCRIPTS):
            write_file(folder / path.lstrip("/"), content)
    for path, text in site.drawn.items():
        script = f"still[{json.dumps(path)}] = {json.dumps(text)};\n"
        write_file(folder / f"{path.lstrip('/')}.js", script.encode("utf8"))
    for address, page in site.pages.items():
        file = site.name_file(address)
        rewriter = Rewriter(site, file)
        rewriter.feed(page)
        rewriter.close()
        write_file(folder / file, "".join(rewriter.out).encode("utf8"))
    (folder / MARK).write_text("written by sayso publish, which may replace it\n", "utf8")


def write_file(path: Path, content: bytes) -> None:
    """Write a file, and the folders it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
