"""Plain CSV (RFC 4180): a row a value of a claim and point that it answers."""

from __future__ import annotations

from io import StringIO

from sayso.share.exports import Shared
from sayso.share.exports.claims import list_rows
from sayso.tell.tables import print_csv

COLUMNS = (
    *("report", "outlet", "title", "published", "url", "claim", "words", "start", "end"),
    *("chain", "source", "source_kind", "source_by", "anonymous", "basis", "directness"),
    *("stance", "cue", "negated", "certainty_low", "certainty_high", "assertion", "polarity", "tense", "event"),
    *("kind", "value", "value_start", "value_end", "low", "high", "bound", "unit", "of", "state", "part", "reckoned"),
    *("earliest", "latest", "word", "as_of", "time", "time_earliest", "time_latest"),
    *("place", "place_name", "place_role", "lat", "lon", "radius_km", "country", "geonames_id"),
    *("origin", "point", "question", "superseded", "happening"),
    *("credibility", "credibility_by", "reliability", "reliability_by"),
)
"""The columns, in their order."""


def write(shared: Shared) -> bytes:
    """The table, in UTF-8 like all that sayso prints; a spreadsheet is better served by XLSX."""
    out = StringIO()
    print_csv(tuple(list_rows(shared.picture)), COLUMNS, out)
    return out.getvalue().encode("utf8")
