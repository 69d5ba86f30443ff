"""The ledger's schema, step by numbered step, in Alembic's layout. A released step is never changed."""
