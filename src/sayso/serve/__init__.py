"""The desk: a newsroom's pages and an HTTP API over one ledger.

`desk/` is what can be asked and done, `pages/` shows it to people, `api/` gives it to programs, and `guards/` decides
who may. A page and a view of the API call the same function of `desk/`.
"""
