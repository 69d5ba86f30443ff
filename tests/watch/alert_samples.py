"""Words, alerts and messages for tests of alerts."""

from datetime import UTC, datetime
from typing import Any

from sayso.watch.alerts.alerts import Alert, Cited, Message

NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
HOSTILE = "\x1b[2J\u202eevil\u2066 <script>alert(1)</script>\r\nBcc: all@example.org\x9b31m \ud800 &amp; ]]>"
MINE = "{count} miners are missing after a shaft fell in at Oruro, the {who} said."


def make_alert(number: int = 1, words: str = "40 are missing", **fields: Any) -> Alert:
    """An alert with one claim."""
    cited = Cited(
        claim=f"c{number}", words=words, chain=f"{words} ← mayor", origin=words, report="r1", digest="d1",
        outlet="The Wire", title=words, url="https://wire.example/1", published=NOW,
    )  # fmt: skip
    plain = {
        "id": f"a{number:07}", "rule": "r", "kind": "search", "text": words, "at": NOW, "story": "s1",
        "story_name": "The mine", "question": "How many?", "claims": (cited,),
    }  # fmt: skip
    return Alert(**{**plain, **fields})


def make_message(*alerts: Alert, id: str = "m1") -> Message:
    """A message of some alerts."""
    some = alerts or (make_alert(),)
    return Message(id=id, at=NOW, alerts=some, recent=some)
