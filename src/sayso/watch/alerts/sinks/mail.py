"""Alerts by e-mail (RFC 5322, over SMTP): plain text and a page, whichever the reader's program shows."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

import msgspec

from sayso.harms import one_line
from sayso.tell.phrases import shorten
from sayso.watch.alerts.alerts import Message
from sayso.watch.alerts.sinks import SinkError, read_secret
from sayso.watch.alerts.wordings import write_page, write_text

LONGEST_SUBJECT = 200
MOST_S = 50.0
PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Options(msgspec.Struct, forbid_unknown_fields=True, rename={"sender": "from"}):
    """`host` is the server, `tls` starttls, tls (from the first byte) or none, `port` what is usual for that unless
    given. `user` logs in with the password that `password_file` holds. `ca_file` holds the certificates that are
    trusted, if not the system's. `timeout` is in seconds, for each answer."""

    host: str
    sender: str
    to: list[str]
    tls: Literal["starttls", "tls", "none"] = "starttls"
    port: int = 0
    user: str = ""
    password_file: str = ""
    ca_file: str = ""
    timeout: float = 20.0

    def __post_init__(self) -> None:
        """Refuse what is no address of mail, and a password that would be sent in the clear."""
        if not self.to:
            raise ValueError('to names nobody: write to = ["desk@example.org"]')
        for address in (self.sender, *self.to):
            check_address(address)
        if not self.host or not self.host.isprintable() or " " in self.host or not 0 <= self.port < 65536:
            raise ValueError("host names no server, or port is none")
        if bool(self.user) != bool(self.password_file):
            raise ValueError("user and password_file go together")
        if self.user and self.tls == "none":
            raise ValueError("a password is not sent in the clear: set tls to starttls or tls")
        if not 0 < self.timeout <= MOST_S:
            raise ValueError(f"timeout is more than 0 and at most {MOST_S:g} seconds")


def check_address(words: str) -> None:
    """Raise ValueError where words are no plain address of mail."""
    try:
        fits = words.isascii() and words.isprintable() and Address(addr_spec=words).domain != ""
    except (ValueError, IndexError):
        fits = False
    if not fits:
        raise ValueError(f"{words!r} is no address of mail: write name@example.org")


def split(options: Options) -> dict[str, Options]:
    """The options for each receiver by itself."""
    return {address: msgspec.structs.replace(options, to=[address]) for address in options.to}


def send(message: Message, options: Options) -> None:
    """Send a message. Raises `SinkError` where the server does not take it."""
    mail = write_mail(message, options)
    try:
        with connect(options) as server:
            if options.user:
                server.login(options.user, read_secret(options.password_file).decode("utf8"))
            server.send_message(mail)
    except smtplib.SMTPResponseException as error:
        said: str | bytes = error.smtp_error
        words = said.decode("utf8", "replace") if isinstance(said, bytes) else said
        raise SinkError(f"{options.host}: {error.smtp_code} {one_line(words)}") from None
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise SinkError(f"{options.host}: {code} {one_line(said.decode('utf8', 'replace'))}") from None
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise SinkError(f"{options.host}: {one_line(str(error)) or type(error).__name__}") from None


def connect(options: Options) -> smtplib.SMTP:
    """A connection, under TLS unless that is not wanted. Raises what `smtplib` raises."""
    port = options.port or PORTS[options.tls]
    if options.tls == "none":
        return smtplib.SMTP(options.host, port, timeout=options.timeout)
    trusted = ssl.create_default_context(cafile=options.ca_file or None)
    if options.tls == "tls":
        return smtplib.SMTP_SSL(options.host, port, timeout=options.timeout, context=trusted)
    server = smtplib.SMTP(options.host, port, timeout=options.timeout)
    try:
        server.starttls(context=trusted)
    except BaseException:
        server.close()
        raise
    return server


def write_mail(message: Message, options: Options) -> EmailMessage:
    """The mail of a message. Its Message-ID is that of the message, so that who gets it twice can tell."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = shorten(one_line(message.title), LONGEST_SUBJECT)
    mail["From"] = options.sender
    mail["To"] = ", ".join(options.to)
    mail["Date"] = format_datetime(message.at)
    mail["Message-ID"] = f"<{message.id}.alert@{options.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday answers it.
    mail.set_content(write_text(message), cte="base64")
    mail.add_alternative(write_page(message), subtype="html", cte="base64")
    return mail
