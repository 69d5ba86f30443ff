"""The manual page and the completions of shells, made from the commands themselves: `make manual` writes them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import Annotated, Any

import typer

PAGE = "man"
SHELLS = ("bash", "zsh", "fish")

NOTES = (
    (
        "TIMES",
        "A TIME is 2025-02-01, 2025-02-01T18:00Z (UTC where no zone is named), yesterday, Monday, last week, 7d, "
        "2 hours ago or the like. A day is its first moment for --since, and its last for --as-of.",
    ),
    (
        "FILES",
        "sayso.db is the ledger of the working folder. sayso.toml in the working folder, then sayso/config.toml in "
        "$XDG_CONFIG_HOME (~/.config), may set ledger, workers, gazetteer and analyst.",
    ),
    (
        "ENVIRONMENT",
        "SAYSO_LEDGER, SAYSO_WORKERS, SAYSO_GAZETTEER and SAYSO_ANALYST set the same, and go before the files. Options "
        "go before both.",
    ),
    (
        "EXIT STATUS",
        "0 done; 1 some inputs failed, each named on standard error, and the rest was done; 2 wrong usage; 130 stopped "
        "by Ctrl-C; 141 whoever read the output went away.",
    ),
)
"""What the page says beside its commands: heading and words."""


def manual(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="man|bash|zsh|fish", help="The page, or a shell's completion.")] = PAGE,
) -> None:
    """Print the manual page, or the completion of a shell.

    Example:  sayso manual > sayso.1
    """
    if what == PAGE:
        sys.stdout.write("\n".join(write_page(context.find_root().command)) + "\n")
    elif what in SHELLS:
        from typer.completion import get_completion_script  # type: ignore[attr-defined]  # It says nothing of exports.

        sys.stdout.write(get_completion_script(prog_name="sayso", complete_var="_SAYSO_COMPLETE", shell=what) + "\n")
    else:
        raise typer.BadParameter(f"{what!r} is none of {', '.join((PAGE, *SHELLS))}")


def write_page(root: Any) -> Iterator[str]:
    """The lines of the manual page of a program, given as its group of commands (man-pages(7))."""
    summary, *paragraphs = root.help.split("\n\n")
    yield f'.TH SAYSO 1 "" "sayso {version("sayso")}" "User Commands"'
    yield from (".SH NAME", f"sayso \\- {escape(summary)}", ".SH SYNOPSIS", "\\fBsayso\\fR COMMAND [OPTIONS] [ARGS]...")
    yield ".SH DESCRIPTION"
    yield from write_paragraphs([summary, *paragraphs])
    yield ".SH OPTIONS"
    for option in root.params:
        yield from write_option(option)
    yield ".SH COMMANDS"
    for words, command in list_commands(root):
        yield from write_command(words, command)
    for heading, words in NOTES:
        yield f".SH {heading}"
        yield escape(words)


def list_commands(group: Any, before: str = "sayso") -> Iterator[tuple[str, Any]]:
    """Each command that is shown, with the words by which it is called, those of a group after it."""
    for name, command in group.commands.items():
        if not command.hidden:
            yield f"{before} {name}", command
            if getattr(command, "commands", None):
                yield from list_commands(command, f"{before} {name}")


def write_command(words: str, command: Any) -> Iterator[str]:
    """The lines of one command: how it is called, what it does, its arguments and options."""
    named = [p for p in command.params if p.param_type_name == "argument"]
    called = " ".join(["[OPTIONS]", *(p.metavar or p.name.upper() for p in named)])
    yield f".SS {escape(words)} {escape(called)}"
    yield from write_paragraphs((command.help or "").split("\n\n"))
    for argument in named:
        yield from write_item(f"\\fI{escape(argument.metavar or argument.name.upper())}\\fR", argument.help)
    for option in command.params:
        if option not in named:
            yield from write_option(option)


def write_paragraphs(paragraphs: list[str]) -> Iterator[str]:
    """Paragraphs, each filled anew."""
    for paragraph in filter(str.strip, paragraphs):
        yield ".PP"
        yield escape(" ".join(paragraph.split()))


def write_option(option: Any) -> Iterator[str]:
    """The lines of an option: its names with what it takes, and its help."""
    names = ", ".join(f"\\fB{escape(name)}\\fR" for name in (*option.opts, *option.secondary_opts))
    yield from write_item(names + (f" {escape(option.metavar)}" if option.metavar else ""), option.help)


def write_item(head: str, words: str | None) -> Iterator[str]:
    """An item of a list with its words."""
    yield from (".TP", head, escape(" ".join((words or "").split())) or "\\&")


def escape(words: str) -> str:
    """Words as roff prints them: marks that mean something to it are escaped."""
    safe = words.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe
