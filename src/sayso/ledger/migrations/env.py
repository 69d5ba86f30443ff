"""How Alembic runs a step: on the connection, and in the transaction, that `sayso.ledger.schemas` hands over."""

from alembic import context

from sayso.ledger.tables import VERSIONS, metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, version_table=VERSIONS)
with context.begin_transaction():
    context.run_migrations()
