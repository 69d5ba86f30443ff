"""The desk, or one story of it, as a folder of files that any web host serves and that opens by itself.

The pages are the desk's own, asked of the application by a reader and followed from link to link. What needs a server
is left out: forms, what a link leads to that is not in the folder, and the scripts that ask the desk. Links are
relative, and what a page's own scripts draw from lies in scripts beside it (`assets/still.js`), so that the folder
works from a disk.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import tempfile
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import httpx

from sayso.errors import Error
from sayso.serve.app import create_app
from sayso.serve.desk import Desk
from sayso.serve.guards.users import User
from sayso.serve.site_pages import LIVE_SCRIPTS, Links, Rewriter, Site, is_file, read_address

HOST = "desk"
MARK = ".sayso-site"
"""The file by which a folder is known to be a site of ours, which may be replaced."""
MOST_PAGES = 20_000
PARTS = ("stories", "reports", "sources", "outlets", "hypotheses", "scenarios", "questions")
"""What of the desk is for readers, by the first part of its address."""
STYLE = ".around li:empty, .within li:empty { display: none; }\n"
CSS_URL = re.compile(r"url\(\s*['\"]?(?!data:|#)([^'\")]+)")


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
