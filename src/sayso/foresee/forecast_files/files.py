"""Files of forecasts, read: from bytes in any known layout to books that can be scored."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.foresee.forecast_files.cells import fold
from sayso.foresee.forecast_files.columns import match_columns
from sayso.foresee.forecast_files.layouts import Haul, Layout, take_plain
from sayso.foresee.forecast_files.nested_layouts import INNER, find_nested, take_nested
from sayso.foresee.forecast_files.platform_layouts import LAYOUTS as PLATFORMS
from sayso.foresee.forecast_files.published_layouts import LAYOUTS, take_document
from sayso.foresee.forecast_files.rows import Sheet, read_sheet, refuse
from sayso.record import Problem

LARGEST_MEMBER = 1 << 30
"""Bytes of one unpacked file of a zip; more is taken for a bomb."""


def read_forecasts(files: Iterable[tuple[str, bytes]]) -> Haul:
    """All that files hold, each given as its name and bytes. Questions may come before or after their forecasts."""
    haul = Haul()
    sheets = []
    for name, content in files:
        for sheet in open_sheets(name, content):
            if isinstance(sheet, Problem):
                haul.problems.append(sheet)
            else:
                sheets.append(sheet)
    # Forecasts of options need to know the options: files of questions go first.
    for sheet in sorted(sheets, key=is_of_forecasts):
        take_sheet(sheet, haul)
    return haul


def is_of_forecasts(sheet: Sheet) -> bool:
    """Whether a file holds forecasts rather than questions."""
    if isinstance(sheet.whole, dict):
        return "forecasts" in sheet.whole
    if {"question type", "q status"} & set(sheet.columns):
        return False
    if (layout := find_layout(sheet.columns)) and layout.of_questions:
        return False
    matched, _ = match_columns(sheet.columns)
    return not {"outcome", "options"} & matched.keys() or bool({"probability", "value"} & matched.keys())


def take_sheet(sheet: Sheet, haul: Haul) -> None:
    """Add what one file holds to the haul, by whichever layout it has."""
    if sheet.whole is not None:
        take_document(sheet, haul)
        return
    if layout := find_layout(sheet.columns):
        layout.take(sheet, haul)
    elif layout := find_layout(name.replace(" ", "") for name in sheet.columns):
        layout.take(join_names(sheet), haul)
    elif set(INNER) & set(sheet.columns) and (questions := find_nested([row for _, row in sheet.rows])):
        take_nested(sheet.name, questions, haul)
    else:
        take_plain(sheet, haul)


def find_layout(columns: Iterable[str]) -> Layout | None:
    """The published layout that a sheet of these columns has, if it is one."""
    named = set(columns)
    return next((layout for layout in (*LAYOUTS, *PLATFORMS) if layout.known_by <= named), None)


def join_names(sheet: Sheet) -> Sheet:
    """A sheet with the names of its columns in one word each: "Prob after" is what programs call probAfter."""
    rows = tuple((line, {name.replace(" ", ""): cell for name, cell in row.items()}) for line, row in sheet.rows)
    return Sheet(sheet.name, tuple(name.replace(" ", "") for name in sheet.columns), rows)


def open_sheets(name: str, content: bytes) -> Iterator[Sheet | Problem]:
    """The sheets of a file: one, or several of a zip or of R's."""
    if content.startswith(b"PK\x03\x04"):
        yield from open_zip(name, content)
    elif content.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"RDX", b"RDA")):
        yield from open_r_data(name, content)
    else:
        yield read_sheet(content, name)


def open_zip(name: str, content: bytes) -> Iterator[Sheet | Problem]:
    """The files of forecasts and questions in a zip, as Metaculus exports them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            named = (m for m in packed.infolist() if m.filename.lower().endswith((".csv", ".json", ".jsonl")))
            # What other systems put beside the files begins with a point ("__MACOSX/._forecasts.csv").
            members = [m for m in named if not m.filename.rpartition("/")[2].startswith(".")]
            wanted = [m for m in members if m.filename.endswith(("question_data.csv", "forecast_data.csv"))]
            for member in wanted or members:
                place = f"{name}/{member.filename}"
                if member.file_size > LARGEST_MEMBER:
                    yield refuse(place, "larger than a gigabyte unpacked; unpack it yourself")
                else:
                    yield read_sheet(packed.read(member), place)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        yield refuse(name, f"a broken zip ({error})")


def open_r_data(name: str, content: bytes) -> Iterator[Sheet | Problem]:
    """The data frames of a file of R (``.rda``, ``.RData``), read with the package rdata: the extra ``sayso[rda]``."""
    try:
        import rdata
    except ImportError:
        yield refuse(name, "a file of R needs the package rdata: pip install 'sayso[rda]'")
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # It warns of each R class that it makes a plain frame of.
            frames = rdata.read_rda(io.BytesIO(content))
    except Exception as error:  # Whatever a parser of foreign bytes may raise.
        yield refuse(name, f"no data of R that can be read ({type(error).__name__}: {error})")
        return
    for key, frame in frames.items():
        if hasattr(frame, "to_dict") and hasattr(frame, "columns"):
            columns = tuple(fold(str(column)) for column in frame.columns)
            rows = tuple((n, dict(zip(columns, row, strict=True))) for n, row in enumerate(list_frame(frame), 1))
            yield Sheet(f"{name}:{key}", columns, rows)


def list_frame(frame: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a data frame, missing values as None."""
    yield from frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None)
