"""A real server of mail, Dovecot, in a folder of its own and as an ordinary process, where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PASSWORD = "secret"
USER = "nobody"
"""Who it runs as where the tests run as root, which Dovecot reads no mail as."""
SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
auth_verbose = yes
protocols = imap
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
START_S = 15.0


@dataclass
class Dovecot:
    """A server of one mailbox. Stopped and started again it has the same letters at the same port."""

    folder: Path
    port: int
    owner: dict[str, Any]
    running: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        assert PROGRAM
        command = [PROGRAM, "-F", "-c", str(self.folder / "dovecot.conf")]
        self.running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, **self.owner)
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1) as talk:
                    if talk.recv(4) == b"* OK":
                        return
            except OSError:
                pass
            time.sleep(0.05)
        log = self.folder / "log"
        raise AssertionError(f"dovecot does not start: {log.read_text()[-2000:] if log.exists() else 'no log'}")

    def stop(self) -> None:
        """Stop it with all that it serves."""
        if self.running:
            self.running.terminate()
            self.running.wait(START_S)
            self.running = None

    @property
    def where(self) -> str:
        """Its mailbox, as a list of feeds names it."""
        return f"imap://desk@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def open(self) -> Iterator[Any]:
        """The mailbox as somebody who may write to it has it."""
        from imapclient import IMAPClient

        with IMAPClient("127.0.0.1", port=self.port, ssl=False) as client:
            client.login("desk", PASSWORD)
            client.select_folder("INBOX")
            yield client

    def add(self, letter: bytes, *, seen: bool = False, **when: Any) -> None:
        """Put a letter into the mailbox."""
        with self.open() as client:
            client.append("INBOX", letter, (b"\\Seen",) if seen else (), **when)

    def list_flags(self) -> dict[int, tuple[bytes, ...]]:
        """The flags of each letter but that of having just come, by its number."""
        with self.open() as client:
            found = client.fetch(client.search(["ALL"]), ["FLAGS"])
            return {uid: tuple(f for f in told[b"FLAGS"] if f != b"\\Recent") for uid, told in found.items()}

    def number_anew(self) -> None:
        """Give the letters other numbers, as a server does that was set up again from its files (UIDVALIDITY)."""
        self.stop()
        mail = self.folder / "mail"
        listed = mail / "dovecot-uidlist"
        validity = re.match(rb"3 V(\d+)", listed.read_bytes())
        assert validity
        for path in mail.glob("dovecot*"):
            path.unlink()
        listed.write_bytes(b"3 V%d N1\n" % (int(validity[1]) + 1))
        os.chown(listed, mail.stat().st_uid, mail.stat().st_gid)
        self.start()

    def count_sent(self) -> int:
        """How many letters it has sent whole, by what it logs of each connection that has ended."""
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            log = (self.folder / "log").read_text()
            if log.count("imap-login: Info: Login") == len(ends := re.findall(r"body_count=(\d+)", log)):
                return sum(map(int, ends))
            time.sleep(0.05)
        raise AssertionError(f"a connection does not end: {log[-2000:]}")


@contextmanager
def serve_dovecot() -> Iterator[Dovecot]:
    """Serve an empty mailbox as long as the block lasts."""
    import grp
    import pwd

    account = pwd.getpwnam(USER) if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(account.pw_gid).gr_name
    with tempfile.TemporaryDirectory(prefix="mail") as name, socket.socket() as free:
        folder = Path(name)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        for made in (folder, folder / "run", folder / "mail"):
            made.mkdir(exist_ok=True)
            os.chown(made, account.pw_uid, account.pw_gid)
        settings = SETTINGS.format(
            folder=folder, port=port, user=account.pw_name, group=group, uid=account.pw_uid, gid=account.pw_gid,
            password=PASSWORD,
        )  # fmt: skip
        (folder / "dovecot.conf").write_text(settings)
        (folder / "dovecot.conf").chmod(0o644)
        owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        server = Dovecot(folder, port, owner)
        try:
            server.start()
            yield server
        finally:
            server.stop()
