"""The append-only, content-addressed memory of reports, readings and judgements: a file or a database.

`open_ledger` opens one; see ``docs/ledger.md``. It needs a database library, so commands that keep nothing import this
late or not at all.
"""

from sayso.ledger.errors import LedgerError, RefusedReportError
from sayso.ledger.ledgers import Ledger, open_ledger

__all__ = ["Ledger", "LedgerError", "RefusedReportError", "open_ledger"]
