"""KML 2.3 (OGC 12-007r2): a placemark a claim that names a place with coordinates, with the time that it speaks of, and
one a happening. What nobody asserts lies in a folder of its own that is not shown until it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any
from xml.etree import ElementTree

from sayso.harms import clean_text
from sayso.record import Place
from sayso.share.exports import Shared
from sayso.share.exports.claims import Told, name_time, row_of_claim, tell_claims
from sayso.share.exports.geojson import make_point
from sayso.share.exports.happenings import Dated, is_located, list_dated, say_evidence

NAMESPACE = "http://www.opengis.net/kml/2.2"
"""That of KML 2.3 too (OGC 12-007r2, 6.1)."""
Element = ElementTree.Element


def write(shared: Shared) -> bytes:
    """The document, in UTF-8."""
    kml = ElementTree.Element("kml", {"xmlns": NAMESPACE, "version": "2.3"})
    document = add(kml, "Document")
    add(document, "name", clean_text(shared.title) or "sayso")
    as_of = f", as known at {name_time(shared.picture.as_of)}" if shared.picture.as_of else ""
    add(document, "description", f"Made by {shared.tool} on {shared.made:%Y-%m-%d %H:%M} UTC{as_of}.")
    told = [one for one in tell_claims(shared.picture) if is_located(one.claim.place)]
    fill(document, "Asserted", (one for one in told if one.is_asserted), shown=True)
    fill(document, "Denied, asked, supposed, foretold or withdrawn", (one for one in told if not one.is_asserted))
    folder = add(document, "Folder")
    add(folder, "name", "Happenings")
    for dated in list_dated(shared.picture):
        if dated.place:
            mark_happening(folder, dated, dated.place)
    return print_xml(kml)


def print_xml(root: Element) -> bytes:
    """A document of XML, indented, in UTF-8."""
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def fill(document: Element, name: str, claims: Iterable[Told], *, shown: bool = False) -> None:
    """A folder of claims, with a placemark each."""
    folder = add(document, "Folder")
    add(folder, "name", name)
    add(folder, "visibility", "1" if shown else "0")
    for told in claims:
        place, time = told.claim.place, told.claim.time
        if place is None:
            continue
        mark = add(folder, "Placemark", id=f"claim-{told.claim.id}")
        add(mark, "name", f"{told.standing}: {told.words}" if told.standing else told.words)
        add(mark, "visibility", "1" if shown else "0")
        add(mark, "description", describe([say_evidence(told)]))
        span(mark, time.earliest if time else None, time.latest if time else None)
        extend(mark, row_of_claim(told))
        locate(mark, place)


def mark_happening(folder: Element, dated: Dated, place: Place) -> None:
    """The placemark of a happening."""
    mark = add(folder, "Placemark", id=f"happening-{dated.happening.id}")
    add(mark, "name", dated.best.words)
    add(mark, "description", describe(dated.evidence))
    span(mark, dated.earliest, dated.latest)
    extend(
        mark,
        {
            "event": dated.happening.what,
            "radius_km": place.radius_km,
            "claims": " ".join(dated.happening.claims),
            "points": " ".join(dated.happening.points),
        },
    )
    locate(mark, place)


def describe(lines: Iterable[str]) -> str:
    """Lines as a description, which viewers read as HTML: every word is escaped once more."""
    return "<br/>".join(escape(line) for line in lines)


def span(mark: Element, earliest: datetime | None, latest: datetime | None) -> None:
    """The time of a placemark, where it has one."""
    if earliest is None and latest is None:
        return
    time = add(mark, "TimeSpan")
    for name, moment in (("begin", earliest), ("end", latest)):
        if moment is not None:
            add(time, name, moment.isoformat())


def extend(mark: Element, row: dict[str, Any]) -> None:
    """All that a row says, as named data."""
    data = add(mark, "ExtendedData")
    for key, value in row.items():
        if value not in ("", None):
            add(add(data, "Data", name=key), "value", str(value))


def locate(mark: Element, place: Place) -> None:
    """The point of a placemark."""
    lon, lat = make_point(place)["coordinates"]
    add(add(mark, "Point"), "coordinates", f"{lon},{lat}")


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A child of an element."""
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = text or None
    return child
