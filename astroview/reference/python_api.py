"""The page of the Python interface, from the docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

INTRODUCTION = """\
# Python reference

Examples stand in [From Python](../guide/library.md). What is not listed here may change without
notice.
"""
LISTED = (
    "astroview.enhance",
    "astroview.verify",
    "astroview.flux_ledger",
    "astroview.stack",
    "astroview.make_palettes",
    "astroview.open",
    "astroview.Enhanced",
    "astroview.Worker",
    "astroview.AstroviewError",
    "astroview.Cancelled",
)
_UNDERLINE = re.compile(r"-{3,}\s*$")


def python_api() -> str:
    """Markdown: each name that `astroview` exports, with what it takes, gives and raises."""
    parts = [INTRODUCTION]
    for place in LISTED:
        module, _, name = place.rpartition(".")
        parts += _entry(place, getattr(import_module(module), name), "##")
    return "\n".join(parts)


def _entry(place: str, thing: Any, mark: str) -> Iterator[str]:
    yield from (f"{mark} {place}", "", "```python", _signature(place, thing), "```", "")
    yield from markdown(inspect.getdoc(thing) or "")
    if inspect.isclass(thing) and not issubclass(thing, Exception):
        for name, member in vars(thing).items():
            if not name.startswith("_") and (words := _member(member)) is not None:
                yield from _entry(f"{place.rpartition('.')[2]}.{name}", words, "###")


def _member(member: Any) -> Any:
    """What of a class is told: its documented methods and properties."""
    plain = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
    return plain if inspect.isfunction(plain) and inspect.getdoc(plain) else None


def _signature(place: str, thing: Any) -> str:
    """A call with its annotations as they are written, a parameter a line where it is long."""
    name = place.rpartition(".")[2]
    try:
        signature = inspect.signature(thing)
    except ValueError:  # an exception's own
        return name
    whole = f"{name}{signature}".replace("'", "")
    if len(whole) <= 100:
        return whole
    inside = [f"    {p}".replace("'", "") + "," for p in signature.parameters.values()]
    back = signature.return_annotation
    ends = "" if back is inspect.Signature.empty else f" -> {back}".replace("'", "")
    return "\n".join([f"{name}(", *inside, f"){ends}"])


def markdown(text: str) -> list[str]:
    """A numpydoc docstring as Markdown: sections in bold, what they list as points."""
    lines, made, section = text.replace("``", "`").splitlines(), list[str](), ""
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else ""
        if _UNDERLINE.match(after) and line.strip():
            section = line.strip()
            made += ["", f"**{section}**", ""]
        elif _UNDERLINE.match(line):
            continue
        elif section and section not in ("Notes", "References", "Examples") and line.strip():
            made.append(f"  {line.strip()}" if line.startswith(" ") else f"- {_term(line)}")
        else:
            made.append(line)
    return [*made, ""]


def _term(line: str) -> str:
    """A parameter's name or the type of what is returned, as code."""
    name, colon, kind = line.partition(" : ")
    return f"`{name.strip()}`: {kind.strip()}" if colon else f"`{line.strip()}`:"
