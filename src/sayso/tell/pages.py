"""What every page has in common: its files beside this module, its templates, and the hashes of its policy.

All pages share the tokens and the plain parts of `page.css` and the macros of `page.html.j2`; each has a style of its
own after them.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from sayso.harms import clean_shown
from sayso.tell.tongues import _, name_spoken, ngettext

if TYPE_CHECKING:
    from jinja2 import Template

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
"""A language tag that may stand in an attribute (RFC 5646, its plain part)."""


def render_template(name: str, style: str, script: str = "", **words: object) -> str:
    """A page: its template with words, the shared style with the page's own, and the script, "" for none."""
    sheet = read_asset("page.css") + read_asset(style)
    lines = read_asset(script) if script else ""
    return load_template(name).render(
        # Ours, whole and unescaped: the browser compares their hashes with the policy's.
        style=Markup(sheet),
        style_hash=hash_source(sheet),
        script=Markup(lines),
        script_hash=hash_source(lines) if lines else "",
        **words,
    )


@cache
def read_asset(name: str) -> str:
    """A file beside this module."""
    return (files("sayso.tell") / name).read_text("utf8")


@cache
def load_template(name: str) -> Template:
    """A template, with escaping on."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    loader = FunctionLoader(read_asset)
    env = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=clean_shown,
    )  # fmt: skip
    env.globals |= {"_": _, "ngettext": ngettext, "name_spoken": name_spoken}
    return env.get_template(name)


def hash_source(source: str) -> str:
    """The hash by which a content security policy knows an inline style or script."""
    return "sha256-" + b64encode(hashlib.sha256(source.encode("utf8")).digest()).decode("ascii")
