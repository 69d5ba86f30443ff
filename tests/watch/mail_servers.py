"""A server of mail (IMAP4rev1) of as much as reading a mailbox takes."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

NUMBERS = re.compile(r"UID (\d+):(\d+|\*)")


@dataclass
class Mailbox:
    """Letters by their numbers, those that nobody has read, and what was asked."""

    letters: dict[int, bytes] = field(default_factory=dict)
    unseen: set[int] = field(default_factory=set)
    validity: int = 7
    password: str = "secret"
    asked: list[str] = field(default_factory=list)

    def add(self, letter: bytes, *, seen: bool = False) -> int:
        uid = max(self.letters, default=0) + 1
        self.letters[uid] = letter
        if not seen:
            self.unseen.add(uid)
        return uid

    def answer(self, words: str) -> tuple[list[bytes], str]:
        """The lines that answer a command, and how it ends."""
        verb = words.split(" ", 1)[0].upper()
        self.asked.append(words if verb != "LOGIN" else "LOGIN")
        if verb == "LOGIN":
            return [], "OK" if f'"{self.password}"' in words or words.endswith(
                f" {self.password}"
            ) else "NO no: " + words
        if verb == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"], "OK"
        if verb == "EXAMINE":
            facts = (f"UIDVALIDITY {self.validity}", f"UIDNEXT {max(self.letters, default=0) + 1}")
            return [b"* %d EXISTS" % len(self.letters), *(f"* OK [{fact}] told".encode() for fact in facts)], "OK"
        if words.upper().startswith("UID SEARCH"):
            asked = NUMBERS.search(words)
            last = max(self.letters, default=0)
            first, end = (int(asked[1]), last if asked[2] == "*" else int(asked[2])) if asked else (1, last)
            # As the standard has it, "9:*" of a mailbox that ends with 5 is 5.
            found = {n for n in self.letters if first <= n <= end or (n == last and asked and asked[2] == "*")}
            if "UNSEEN" in words and "SINCE" not in words:
                found &= self.unseen
            return [" ".join(["* SEARCH", *map(str, sorted(found))]).encode()], "OK"
        if words.upper().startswith("UID FETCH"):
            uid = int(words.split()[2])
            letter = self.letters.get(uid)
            if letter is None:
                return [], "OK"
            if "RFC822.SIZE" in words:
                head = letter.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                named = b"BODY[HEADER.FIELDS (MESSAGE-ID DATE)] {%d}\r\n%s" % (len(head), head)
                return [b"* %d FETCH (UID %d RFC822.SIZE %d %s)" % (uid, uid, len(letter), named)], "OK"
            return [b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)" % (uid, uid, len(letter), letter)], "OK"
        return ([b"* BYE"] if verb == "LOGOUT" else []), "OK" if verb in ("LOGOUT", "NOOP") else "BAD unknown"


@contextmanager
def serve(mailbox: Mailbox) -> Iterator[int]:
    """Serve a mailbox on this machine as long as the block lasts; at which port."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            while line := self.rfile.readline():
                tag, _, words = line.decode().strip().partition(" ")
                lines, end = mailbox.answer(words)
                self.wfile.write(b"".join(part + b"\r\n" for part in lines) + f"{tag} {end} done\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
