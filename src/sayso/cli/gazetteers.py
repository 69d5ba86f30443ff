"""The command of places: which gazetteer is in use, and how a user's own GeoNames dump becomes it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.api.gazetteers import find_gazetteer
from sayso.cli.endings import Commands
from sayso.cli.options import complain, note
from sayso.cli.outputs import FormatOption, OutputOption, choose_table, write_rows
from sayso.cli.watches import watch_rows
from sayso.settings import PACKAGED, SettingsError, read_settings

if TYPE_CHECKING:
    from sayso.extract.places.columns import About

SHOWN = ("gazetteer", "places", "names", "made", "file", "sources")
"""The columns of `sayso gazetteer`."""

gazetteer = typer.Typer(cls=Commands, help="Say which gazetteer places are looked up in, or import a GeoNames dump.")


@gazetteer.callback(invoke_without_command=True)
def begin(context: typer.Context) -> None:
    """Say which gazetteer places are looked up in, or import a GeoNames dump.

    Examples:

      sayso gazetteer

      sayso gazetteer import GEONAMES/
    """
    if context.invoked_subcommand is None:
        show("table")


@gazetteer.command()
def show(format: FormatOption = "", output: OutputOption = None) -> None:
    """Say which gazetteer is in use: its name, how many places and names, when it was made and of what.

    Example:  sayso gazetteer show --format json
    """
    format = choose_table(format, output)
    write_rows(output, [tell_gazetteer(find_gazetteer())], SHOWN, format)


@gazetteer.command("import")
def import_dump(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|FOLDER...", help="GeoNames files, plain or zipped, or folders that hold some."),
    ],
) -> None:
    """Import GeoNames files: allCountries, cities500, UA ..., admin1CodesASCII, admin2Codes, alternateNamesV2.

    Examples:

      sayso gazetteer import GEONAMES/

      sayso gazetteer import UA.zip RU.zip admin1CodesASCII.txt admin2Codes.txt alternateNamesV2.zip
    """
    from sayso.extract.places.columns import GazetteerError
    from sayso.extract.places.imports import import_gazetteer

    settings = read_settings()
    target, named = settings.gazetteer, settings.gazetteer_named
    if not target:
        raise SettingsError(f"{named} says {PACKAGED!r}: unset it, or name the file to write")
    try:
        imported = import_gazetteer(paths, Path(target), datetime.now(UTC), watch=watch_rows)
    except (OSError, GazetteerError) as error:
        note(f"nothing imported: {error}")
        raise typer.Exit(1) from None
    for problem in imported.problems:
        complain(problem)
    if imported.about:
        about = imported.about
        note(f"{about.places} places with {about.names} names, kept as {about.name}: {target}")
    else:
        note("nothing imported: no row could be read")
    raise typer.Exit(1 if imported.problems else 0)


def tell_gazetteer(path: str) -> dict[str, Any]:
    """The row that tells of a gazetteer."""
    from sayso.extract.places.gazetteers import load_gazetteer

    if path:
        from sayso.extract.places.columns import open_columns

        about: About = open_columns(path).about
        sources = [f"{row['file']}: {row['rows']} rows, {row['bad']} bad" for row in about.sources]
        told = (about.name, about.places, about.names, about.made, path, sources)
    else:
        packaged = load_gazetteer()
        told = (PACKAGED, len(packaged.id), len(packaged.entries), "", "", [])
    return dict(zip(SHOWN, told, strict=True))
