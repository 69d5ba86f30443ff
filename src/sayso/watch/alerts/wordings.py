"""Alerts in words: as plain text, as a page for mail, and as JSON. Words of strangers cannot command a terminal, turn a
line around or end it, nor be markup."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.forms import dump_json, to_json
from sayso.harms import clean_shown, escape_json, one_line
from sayso.tell.citations import name_moment
from sayso.tell.phrases import shorten
from sayso.watch.alerts.alerts import Alert, Cited, Message, group_alerts

if TYPE_CHECKING:
    from jinja2 import Template

LONGEST_QUOTE = 300
MOST_QUOTED = 4
"""Claims of one alert that are quoted in words, and code points of each; JSON carries all of both."""


def write_text(message: Message) -> str:
    """A message as plain text, by story and question."""
    lines: list[str] = []
    for story, questions in group_alerts(message.alerts):
        lines += [one_line(story) or "Beside stories", ""]
        for question, alerts in questions:
            lines += [f"  {one_line(question)}"] if question else []
            for alert in alerts:
                lines += [*write_alert(alert), ""]
    return "\n".join(lines)


def write_alert(alert: Alert) -> Iterator[str]:
    """The lines of one alert: what it says, why, and the words that made it."""
    yield f"  * {one_line(alert.text)}"
    if alert.why:
        yield f"    because: {one_line(alert.why)}"
    for cited in alert.claims[:MOST_QUOTED]:
        yield f"    “{one_line(shorten(cited.words, LONGEST_QUOTE))}”"
        yield f"      {tell_source(cited)}"
    if left := len(alert.claims) + alert.more - len(alert.claims[:MOST_QUOTED]):
        yield f"    and {left} more claim{'' if left == 1 else 's'}"
    yield f"    {alert.kind}, alert {alert.id}"


def tell_source(cited: Cited) -> str:
    """Where a claim comes from, in one line: its chain, origin, date and address."""
    origin = f"origin: {cited.origin}" if cited.origin else ""
    return "; ".join(one_line(w) for w in (cited.chain, origin, name_moment(cited.published), cited.url) if w)


def write_page(message: Message) -> str:
    """A message as a page for mail programs: no script, no picture, no style from elsewhere."""
    return load_template().render(
        title=one_line(message.title), groups=group_alerts(message.alerts), most=MOST_QUOTED, longest=LONGEST_QUOTE
    )


def write_json(value: Any) -> str:
    """One line of JSON, in which all that could command a terminal is escaped; read, it gives the very words."""
    return escape_json(dump_json(value))


def form_message(message: Message) -> dict[str, Any]:
    """A message as other programs get it."""
    form: dict[str, Any] = {"id": message.id, "at": message.at, "alerts": to_json(message.alerts)}
    return form


@cache
def load_template() -> Template:
    """The page of mail, with escaping on."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("sayso.watch.alerts", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=clean_shown,
    )  # fmt: skip
    env.filters |= {"plain": one_line, "shorten": shorten}
    env.globals["tell_source"] = tell_source
    return env.get_template("mail.html.j2")
