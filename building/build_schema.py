"""Write what the schema of a new ledger holds, in SQLite and in PostgreSQL: `src/sayso/ledger/expected.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "eval"))

from servers import run_server  # noqa: E402

from sayso.ledger.engines import make_engine  # noqa: E402
from sayso.ledger.expectations import EXPECTED, list_objects  # noqa: E402
from sayso.ledger.schemas import run_migrations  # noqa: E402


def list_new(where: str) -> dict[str, str]:
    """What the schema of a new ledger holds."""
    engine = make_engine(where, create=True, wait_seconds=1)
    with engine.execution_options(writing=True).begin() as connection:
        run_migrations(connection)
        found = list_objects(connection)
    engine.dispose()
    return dict(sorted(found.items()))


def main() -> None:
    """Write the file."""
    with run_server() as server:
        both = {"sqlite": list_new(":memory:"), "postgresql": list_new(server.make_database())}
    EXPECTED.write_text(json.dumps(both, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
