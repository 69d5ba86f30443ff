"""Pictures of web pages as a browser shows them: taken when a page is collected, kept in the ledger as raws, with a
record of who took them, when and with what.

`keep_captures` does it for a batch; `capture_page` takes one. The browser is the user's own Chromium, run without a
window, with a fresh profile, behind a proxy (`gateways`) that keeps it out of private networks.
"""
