"""The commands of who may come in to the desk: `accounts add`, `list`, `role`, `password`, `remove`, `token`, `revoke`
and `log`."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.endings import Commands
from sayso.cli.options import LedgerOption, note, open_chosen
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, write_rows
from sayso.errors import Error
from sayso.settings import read_settings

if TYPE_CHECKING:
    from sayso.serve.guards.guards import Guard

LONGEST_FILE = 1 << 14
"""Bytes of a file that holds a password."""
HERE = "this machine"
"""From where commands are given, as the log says it."""

accounts = typer.Typer(
    name="accounts",
    cls=Commands,
    help="Say who may come in to the desk, and read what was done there.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name; what its owner judges bears it.")]
RoleOption = Annotated[
    str,
    typer.Option("--role", metavar="ROLE", help="reader (looks), analyst (also judges and adds) or admin (lets in)."),
]
PasswordFile = Annotated[
    str | None,
    typer.Option(
        "--password-file", metavar="FILE|-", help="Take the password from there; without it you are asked for one."
    ),
]


@accounts.command()
def add(
    name: Name,
    role: RoleOption = "reader",
    password_file: PasswordFile = None,
    email: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Let in whom your provider of log-ins knows by this address; no password is needed."
        ),
    ] = "",
    ledger: LedgerOption = None,
) -> None:
    """Let somebody in.

    Example:  sayso accounts add rosa --role analyst
    """
    guard = open_guard(ledger)
    password = "" if email and password_file is None else read_password(password_file)
    guard.accounts.add(name, role, password, email=email)
    tell(guard, f"account added ({role})", name)


@accounts.command("list")
def list_accounts(ledger: LedgerOption = None, format: FormatOption = "", output: OutputOption = None) -> None:
    """List who may come in, and their tokens.

    Example:  sayso accounts list --format json
    """
    format = choose_table(format, output)
    guard = open_guard(ledger)
    tokens = guard.tokens.list() if guard.store.there else []
    rows = [
        {
            "name": account.name,
            "role": account.role,
            "email": account.email,
            "password": account.password,
            "tokens": [
                f"{token.id} ({token.scope}, {say(token.expires)})" for token in tokens if token.name == account.name
            ],
        }
        for account in (guard.accounts.list() if guard.store.there else [])
    ]
    write_rows(output, rows, ("name", "role", "email", "password", "tokens"), format)


@accounts.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, analyst or admin.")],
    ledger: LedgerOption = None,
) -> None:
    """Give somebody another role, from their next step on.

    Example:  sayso accounts role rosa admin
    """
    guard = open_guard(ledger)
    guard.accounts.set_role(name, role)
    tell(guard, f"role changed ({role})", name)


@accounts.command()
def password(name: Name, password_file: PasswordFile = None, ledger: LedgerOption = None) -> None:
    """Give somebody another password; all their sessions and tokens end.

    Example:  sayso accounts password rosa
    """
    guard = open_guard(ledger)
    guard.accounts.set_password(name, read_password(password_file))
    tell(guard, "password set", name)


@accounts.command()
def remove(name: Name, ledger: LedgerOption = None) -> None:
    """Let somebody in no more: the account goes, with its sessions and tokens. What they judged stays.

    Example:  sayso accounts remove rosa
    """
    guard = open_guard(ledger)
    guard.accounts.remove(name)
    tell(guard, "account removed", name)


@accounts.command()
def token(
    name: Name,
    scope: Annotated[str, typer.Option(metavar="SCOPE", help="read, write or admin.")] = "read",
    days: Annotated[int, typer.Option(metavar="N", help="How long it lasts.")] = 30,
    label: Annotated[str, typer.Option("--for", metavar="WORDS", help="What it is for.")] = "",
    ledger: LedgerOption = None,
) -> None:
    """Make a token by which a program may do what somebody may, as far as its scope goes. It is shown this once.

    Example:  sayso accounts token rosa --scope write --days 90
    """
    guard = open_guard(ledger)
    made, secret = guard.tokens.make(name, scope, days, label)
    tell(guard, f"token made ({scope})", f"{made.id} of {name}")
    note(f"token {made.id}, until {say(made.expires)}; it is not shown again")
    sys.stdout.write(f"{secret}\n")


@accounts.command()
def revoke(
    token: Annotated[str, typer.Argument(metavar="TOKEN", help="The id of a token, as sayso accounts list has it.")],
    ledger: LedgerOption = None,
) -> None:
    """End a token at once.

    Example:  sayso accounts revoke 51be90a2
    """
    guard = open_guard(ledger)
    guard.tokens.revoke(token)
    tell(guard, "token revoked", token)


@accounts.command()
def log(
    last: Annotated[int, typer.Option(min=1, max=1_000_000, metavar="N", help="How many lines.")] = 200,
    ledger: LedgerOption = None,
    format: FormatOption = "",
    output: OutputOption = None,
) -> None:
    """List who did what at the desk, when and from where, the newest first.

    Example:  sayso accounts log --last 50
    """
    format = choose_table(format, output)
    guard = open_guard(ledger)
    rows = [
        {"at": say(line.at), "who": line.who, "what": line.what, "on": line.on, "address": line.address}
        for _, line in (guard.log.read(last) if guard.store.there else [])
    ]
    write_rows(output, rows, ("at", "who", "what", "on", "address"), format)


def open_guard(ledger: str | None) -> Guard:
    """The guards of a ledger's desk. Raises `Error`."""
    try:
        import argon2  # noqa: F401

        from sayso.serve.guards.guards import Guard
        from sayso.serve.guards.stores import Store, find_desk_file
    except ModuleNotFoundError as error:
        raise Error(f"accounts need a few more packages ({error.name}): pip install 'sayso[serve]'") from None
    with open_chosen(ledger, create=False):
        pass  # Accounts at a ledger that is not there would be a slip of the pen.
    settings = read_settings()
    return Guard(Store(find_desk_file(ledger or settings.ledger, settings.data)), (), None)


def tell(guard: Guard, what: str, on: str) -> None:
    """Write down what was done."""
    guard.log.write(getpass.getuser(), what, on, HERE)


def read_password(file: str | None) -> str:
    """A password: the first line of a file or of standard input, else what is typed twice. Raises `Error`."""
    if file is None:
        try:
            return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
        except typer.Abort:
            raise Error("no password was given: type one, or name a file with --password-file") from None
    try:
        if file == "-":
            words = sys.stdin.read(LONGEST_FILE)
        else:
            with Path(file).open(encoding="utf8") as opened:
                words = opened.read(LONGEST_FILE)
    except OSError as error:
        raise Error(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Error(f"{file}: it is not text in UTF-8") from None
    return words.partition("\n")[0].rstrip("\r")


def say(seconds: int) -> str:
    """A moment that is kept as seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
