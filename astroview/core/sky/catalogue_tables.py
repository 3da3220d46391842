"""Tables as files hold them: VOTable, FITS (SExtractor's LDAC too), ECSV, CSV and other text."""

from __future__ import annotations

import codecs
import csv
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from astroview.core.io.fits.fits_structure import hdu_places, impossible
from astroview.core.library_warnings import LIBRARY_ERRORS
from astroview.core.sky.catalogue_positions import (
    COOSYS,
    LONE_COOSYS,
    CatalogueProblem,
    position_columns,
    system_of,
    system_of_header,
)
from astroview.core.sky.plain_tables import plain_table
from astroview.core.sky.votable_check import check_votable
from astroview.core.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 2_000_000_000
HEAD = 16384  # bytes in which a file says what it is
VOTABLE = (b"<VOTABLE", b"<?xml", b"<votable")
BOM = b"\xef\xbb\xbf"
COMMA = re.compile(r"([+-]?\d+(,\d*)?([eE][+-]?\d+)?|-{2})?")  # 10,5; nothing where it is masked
# How texts begin that say more than values between separators; the names are astropy's.
FORMS = (
    (re.compile(rb"# %ECSV"), "ascii.ecsv"),
    (re.compile(rb"#\s+1\s+[A-Z]\w*"), "ascii.sextractor"),  # "#   1 NUMBER  Running object number"
    (re.compile(rb"(\\[^\n]*\n)*(\|[^\n]*\n)+ "), "ascii.ipac"),  # names, types, units; then values
    (re.compile(rb"(?s)Title:.{0,8000}Byte-by-byte Description"), "ascii.mrt"),
)
BROKEN = (*LIBRARY_ERRORS, csv.Error)


def read_table(path: Path) -> Any:
    """A file's table with positions, with one value a row in each column (see `plain_table`);
    of several tables the first that has positions, or else the first.

    Raises
    ------
    CatalogueProblem
        It is no table.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CatalogueProblem(
                Text("{name} is too large to show as a catalogue", name=path.name)
            )
        return _read(path)
    except FileNotFoundError as problem:
        raise CatalogueProblem(Text("{name} is not there", name=path.name)) from problem
    except BROKEN as problem:
        raise CatalogueProblem(
            Text(
                "{name} cannot be read as a table: {problem}",
                name=path.name,
                problem=_told(problem),
            ),
            hint="VOTable, FITS tables, ECSV and CSV with a line of names are read.",
        ) from problem


def _told(problem: BaseException) -> str:
    """A library's words in one line; those of astropy's guesses are many, and say nothing."""
    words = str(problem).strip()
    if "Unable to guess table format" in words:
        return "it has no line of names, or its lines are not alike"
    return words.splitlines()[0][:200] if words else type(problem).__name__


def _read(path: Path) -> Any:
    from astropy.table import Table

    with path.open("rb") as file:
        head = file.read(HEAD).removeprefix(BOM).lstrip()
    if head.startswith(b"SIMPLE  ="):
        return _fits(path)
    if any(mark in head[:1024] for mark in VOTABLE):
        check_votable(path, CatalogueProblem)
        return _votable(path)
    if head.startswith(b"\x1f\x8b"):
        raise ValueError("it is compressed; unpack it first")
    form = next((form for begin, form in FORMS if begin.match(head)), None)
    if form is not None:
        return plain_table(Table.read(_source(path), format=form))
    return plain_table(_text(path))


def _with_positions(tables: list[Any]) -> Any:
    """The first that has positions, or else the first."""
    return next((table for table in tables if position_columns(table)), tables[0])


def _fits(path: Path) -> Any:
    """SExtractor's LDAC puts a table with the frame's header before that of the sources."""
    from astropy.io import fits
    from astropy.table import Table

    _check_fits(path)
    try:
        with fits.open(path) as hdus:
            kinds = (fits.BinTableHDU, fits.TableHDU)
            places = [
                i
                for i, hdu in enumerate(hdus)
                if isinstance(hdu, kinds) and not isinstance(hdu, fits.CompImageHDU)
            ]
        if not places:
            raise ValueError("it holds images and no table")
        found = [plain_table(Table.read(path, format="fits", hdu=i)) for i in places[:20]]
    except (fits.VerifyError, AssertionError) as problem:  # AssertionError: names of columns
        raise ValueError(str(problem)) from problem
    for table in found:
        table.meta[LONE_COOSYS] = system_of_header(table.meta)
    return _with_positions(found)


def _check_fits(path: Path) -> None:
    """Raise UnreadableFrame when the file's sizes cannot be, before a library takes them."""
    size = path.stat().st_size
    with path.open("rb") as file:
        for index, place in enumerate(hdu_places(file, path.name)):
            if place.data + place.size > size:
                raise impossible(path.name, f"HDU {index} has only a part of its data")


def _votable(path: Path) -> Any:
    """A VOTable with what its COOSYS elements say of the columns that refer to them."""
    from astropy.io.votable import parse
    from astropy.io.votable.exceptions import VOWarning

    try:
        votable: Any = parse(path)
    except VOWarning as problem:  # some of its warnings are raised, where it cannot go on
        raise ValueError(str(problem)) from problem
    resources = list(votable.resources)
    systems = list(votable.coordinate_systems)
    while resources:
        resource = resources.pop()
        systems += list(resource.coordinate_systems)
        resources += list(resource.resources)
    told = {
        s.ID: (system_of(s.system or ""), str(s.equinox or ""), str(s.epoch or "")) for s in systems
    }
    usual = next(iter(told.values())) if len(told) == 1 else None
    found: list[Any] = []
    for one in votable.iter_tables():
        named: Any = one.to_table(use_names_over_ids=True)  # identifiers are mostly "col7"
        table = plain_table(named)
        known = {name: told.get(f.ref) for f, name in zip(one.fields, named.colnames, strict=True)}
        table.meta[COOSYS] = {name: system for name, system in known.items() if system}
        table.meta[LONE_COOSYS] = usual
        found.append(table)
    if not found:
        raise ValueError("it holds no table")
    return _with_positions(found)


def _text(path: Path) -> Any:
    """A table of values between commas, semicolons, tabs, bars or blanks, with a line of names."""
    from astropy.table import Table

    source = _source(path)
    for delimiter in (",", "\t", ";", "|"):
        try:
            table: Any = Table.read(source, format="ascii.csv", delimiter=delimiter, comment="#")
        except BROKEN:
            continue
        if len(table.colnames) > 1:
            return table if delimiter == "," else _with_points(table)
    if _is_named_in_comment(path):
        table = Table.read(source, format="ascii.commented_header", header_start=-1)
    else:
        table = Table.read(source, format="ascii.basic")
    return _with_points(table)


def _is_named_in_comment(path: Path) -> bool:
    """Whether the last comment before the values is the line of their names ("# ra dec mag")."""
    with path.open("rb") as file:
        lines = file.read(HEAD).removeprefix(BOM).splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"#")), 0)
    return count > 0 and len(lines[count - 1][1:].split()) == len(lines[count].split())


def _source(path: Path) -> Any:
    """What astropy is to read: the file, or its lines where they are not plain UTF-8."""
    with path.open("rb") as file:
        head = file.read(4096)
        utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if b"\0" in head and not utf16:
            raise ValueError("it is not text")
        file.seek(0)
        plain = not utf16 and _is_utf8(file)
    if plain and not head.startswith(BOM):
        return path
    # With a mark, as spreadsheets save: it would be a part of the first name. Older ones save
    # in the code page of Western Europe.
    encoding = "utf-16" if utf16 else "utf-8-sig" if plain else "cp1252"
    return path.read_text(encoding=encoding, errors="replace").splitlines()


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(2**20):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _with_points(table: Any) -> Any:
    """The table, its columns of numbers with a decimal comma made numbers."""
    for name in table.colnames:
        column = table[name]
        if column.dtype.kind != "U":
            continue
        values = [str(value).strip() for value in column]
        if any("," in value for value in values) and all(map(COMMA.fullmatch, values)):
            table[name] = [_number(value) for value in values]
    return table


def _number(text: str) -> float:
    """With a decimal comma; NaN for nothing."""
    return float(text.replace(",", ".")) if text.strip("-") else float("nan")
