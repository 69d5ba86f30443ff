"""Alerts as an Atom feed (RFC 4287): a file with the latest, written anew with each message."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

import msgspec

from sayso.files import replace_file
from sayso.harms import one_line
from sayso.tell.citations import safe_url
from sayso.watch.alerts.alerts import Alert, Message
from sayso.watch.alerts.wordings import write_alert

NAMESPACE = "http://www.w3.org/2005/Atom"


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`path` is that of the file, `address` where others find it ("" where they do not), `title` what it is called."""

    path: str
    address: str = ""
    title: str = "Alerts of sayso"

    def __post_init__(self) -> None:
        """Refuse what is no address."""
        if self.address and not safe_url(self.address):
            raise ValueError(f"{self.address!r} is no web address")


def send(message: Message, options: Options) -> None:
    """Write the feed whole. Raises OSError."""
    replace_file(Path(options.path).expanduser(), write_feed(message, options))


def write_feed(message: Message, options: Options) -> bytes:
    """The feed of the recent alerts, the newest first."""
    path = Path(options.path).expanduser().absolute()
    feed = ElementTree.Element("feed", xmlns=NAMESPACE)
    add(feed, "id", uuid5(NAMESPACE_URL, options.address or path.as_uri()).urn)
    add(feed, "title", options.title)
    add(feed, "updated", max((alert.at for alert in message.recent), default=message.at).isoformat())
    add(add(feed, "author"), "name", "sayso")
    add(feed, "generator", "sayso")
    if options.address:
        add(feed, "link", rel="self", type="application/atom+xml", href=options.address)
    for alert in message.recent:
        add_entry(feed, alert)
    ElementTree.indent(feed)
    return bytes(ElementTree.tostring(feed, "utf-8", xml_declaration=True)) + b"\n"


def add_entry(feed: ElementTree.Element, alert: Alert) -> None:
    """One alert, with the words that made it."""
    entry = add(feed, "entry")
    add(entry, "id", uuid5(NAMESPACE_URL, f"sayso:alert:{alert.id}").urn)
    add(entry, "title", alert.text)
    add(entry, "updated", alert.at.isoformat())
    add(entry, "category", term=alert.kind)
    for address in dict.fromkeys(cited.url for cited in alert.claims if safe_url(cited.url)):
        add(entry, "link", rel="related", href=one_line(address))
    content = add(entry, "content", type="text")
    content.text = "\n".join(one_line(line) for line in write_alert(alert))


def add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """An element in another, with its words."""
    element = ElementTree.SubElement(parent, tag, attributes)
    if text:
        element.text = one_line(text)
    return element
