"""Two pages that are made of the code: every command with its options, and every name of the Python interface."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any, is_typeddict

import typer

from sayso import api
from sayso.cli import app

LONGEST_LINE = 84
"""Letters of a signature that stands in one line."""
EXAMPLE = re.compile(r"^ *(?:Examples?: *)?(sayso .*)$")


def write_commands() -> str:
    """The page of commands, in the order of `sayso --help`."""
    parts = [
        "# Commands",
        "Every command and option, as `--help` tells them.",
    ]
    parts += [part for name, command in list_commands() for part in write_command(name, command)]
    return "\n\n".join(parts) + "\n"


def list_commands(group: Any = None, before: str = "sayso") -> Iterator[tuple[str, Any]]:
    """All commands with their whole names, each group before what is in it."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        yield f"{before} {name}", command
        if hasattr(command, "commands"):
            yield from list_commands(command, f"{before} {name}")


def write_command(name: str, command: Any) -> Iterator[str]:
    """What a command is for, how it is used, its arguments and options."""
    yield f"{'##' if name.count(' ') == 1 else '###'} {name}"
    yield from lay_help(inspect.cleandoc(command.help or ""))
    rows = [row for parameter in command.params if (row := lay_parameter(parameter))]
    if rows:
        yield "\n".join(["| | |", "|---|---|", *rows])


def lay_help(help: str) -> Iterator[str]:
    """The paragraphs of a help, its examples as code."""
    examples: list[str] = []
    for paragraph in re.split(r"\n\s*\n", help):
        lines = paragraph.splitlines()
        found = [match[1] for line in lines if (match := EXAMPLE.match(line))]
        examples += found
        if not found and paragraph.strip() not in ("Example:", "Examples:"):
            yield escape_words(" ".join(line.strip() for line in lines))
    if examples:
        yield "```sh\n" + "\n".join(examples) + "\n```"


def lay_parameter(parameter: Any) -> str:
    """A row of the table: how an argument or option is written, what it says, and what it is where it is left out."""
    if parameter.name == "help":
        return ""
    names = [*parameter.opts, *parameter.secondary_opts]
    metavar = parameter.metavar or ("" if getattr(parameter, "is_flag", False) else "VALUE")
    if parameter.param_type_name == "argument":
        written = f"`{parameter.metavar or parameter.name.upper()}`"
    else:
        written = ", ".join(f"`{name} {metavar}`" if metavar else f"`{name}`" for name in names)
    says = [escape_words(getattr(parameter, "help", None) or "")]
    if parameter.required:
        says.append("Required.")
    elif parameter.default not in (None, "", False) and "Default" not in says[0] and not callable(parameter.default):
        says.append(f"Default: `{parameter.default}`.")
    return f"| {written.replace('|', chr(92) + '|')} | {' '.join(filter(None, says)).replace('|', chr(92) + '|')} |"


def write_interface() -> str:
    """The page of the Python interface: functions, then what they give, then the arguments that they share."""
    names = {name: getattr(api, name) for name in api.__all__}
    functions = {name: value for name, value in names.items() if inspect.isfunction(value)}
    shared = {name: value for name, value in names.items() if is_typeddict(value)}
    classes = {name: value for name, value in names.items() if name not in functions and name not in shared}
    parts = [
        "# The Python interface",
        "Every name of `import sayso`. [From Python](../docs/python.md) shows how they go together.",
    ]
    for name, function in functions.items():
        parts += [f"## sayso.{name}", write_signature(f"sayso.{name}", function), tell_doc(function)]
    for name, made in classes.items():
        parts += [f"## sayso.{name}", tell_doc(made), *write_members(made)]
    for name, given in shared.items():
        rows = (f"| `{key}` | `{say_type(kind)}` |" for key, kind in given.__annotations__.items())
        parts += [f"## sayso.{name}", tell_doc(given), "\n".join(["| key | |", "|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def write_members(made: Any) -> Iterator[str]:
    """The methods and properties that a class itself has."""
    for name, member in vars(made).items():
        if name.startswith("_") or name in ("add_note", "with_traceback"):
            continue
        if inspect.isfunction(member):
            yield f"### {made.__name__}.{name}"
            yield write_signature(name, member)
            yield tell_doc(member)
        elif isinstance(member, property) or hasattr(member, "func"):
            yield f"### {made.__name__}.{name}"
            yield tell_doc(member)


def write_signature(name: str, function: Any) -> str:
    """How a function is called, with its types as they are written; where that is long, an argument a line."""
    signature = str(inspect.signature(function)).replace("'", "").replace("(self, ", "(").replace("(self)", "()")
    written = name + re.sub(r": Unpack\[(\w+)\]", r": \1", signature)
    if len(written) > LONGEST_LINE:
        head, _, rest = written.partition("(")
        given, _, gives = rest.rpartition(") ->")
        lines = "".join(f"    {one},\n" for one in re.split(r", (?![^\[]*\])", given))
        written = f"{head}(\n{lines}) ->{gives}"
    return f"```text\n{written}\n```"


def say_type(kind: Any) -> str:
    """A type as it is written in the code."""
    return str(getattr(kind, "__forward_arg__", kind)).replace("|", "\\|")


def tell_doc(thing: Any) -> str:
    """What the docstring says; it is Markdown."""
    return inspect.getdoc(thing) or ""


def escape_words(words: str) -> str:
    """Words in which Markdown and HTML mean nothing."""
    return re.sub(r"([*_<>\[\]])", r"\\\1", words)
