"""The desk for programs: JSON over HTTP under `/api/v1`, with its OpenAPI document at `/api/v1/openapi.json`.

`applications.py` puts it together, `listings.py` is the table of what can be listed, the modules named after nouns have
the rest, and `shapes.py` says what comes out. Every answer that is no success is a problem (RFC 9457).
"""
