"""The Python interface: what `import sayso` gives. The commands are a face of the same functions.

`open` opens a ledger, `look` reads reports for once, `read` reads one text, `compare` compares two claims. Whatever
cannot be done raises `Error`.
"""

from sayso.api.briefs import Told
from sayso.api.examples import find_example
from sayso.api.journeys import Journey
from sayso.api.ledgers import OpenLedger, Reports, look
from sayso.api.ledgers import open_ledger as open
from sayso.api.narrowings import Narrowing
from sayso.api.pairs import Claimed, compare
from sayso.api.rows import Rows
from sayso.api.texts import CheckedText, Facts, ReadText
from sayso.api.texts import read_text as read
from sayso.api.views import Views
from sayso.errors import Error

__all__ = [
    "CheckedText",
    "Claimed",
    "Error",
    "Facts",
    "Journey",
    "Narrowing",
    "OpenLedger",
    "ReadText",
    "Reports",
    "Rows",
    "Told",
    "Views",
    "compare",
    "find_example",
    "look",
    "open",
    "read",
]
