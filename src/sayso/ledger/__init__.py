"""The append-only, content-addressed memory of reports, readings and judgements: a file or a database.

`sayso.ledger.ledgers.open_ledger` opens one. This module imports nothing, so that commands which keep nothing do not
pay for a database library.
"""
