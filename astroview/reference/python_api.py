"""The page of the Python interface, from the docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import astroview

INTRODUCTION = """\
# Python reference

Examples stand in [From Python](../guide/library.md). What is not listed here may change without
notice.
"""
LISTED = tuple(f"astroview.{name}" for name in astroview.__all__ if name != "__version__")
LINE = 100  # a longer call has a line for each parameter
_UNDERLINE = re.compile(r"-{3,}\s*$")
_NAMES = re.compile(r"\*{0,2}\w+(, \*{0,2}\w+)*$")  # of parameters, attributes or exceptions


def python_api() -> str:
    """Markdown: each name that `astroview` exports, with what it takes, gives and raises."""
    parts = [INTRODUCTION]
    for place in LISTED:
        parts += _entry(place, getattr(astroview, place.rpartition(".")[2]), "##")
    return "\n".join(parts)


def _entry(place: str, thing: Any, mark: str) -> Iterator[str]:
    plain = thing.fget if isinstance(thing, property) else thing
    yield from (f"{mark} {place}", "", "```python", _signature(place, thing), "```", "")
    yield from markdown(inspect.getdoc(plain) or "")
    if inspect.isclass(thing) and not issubclass(thing, Exception):
        for name, member in vars(thing).items():
            if not name.startswith("_") and _is_told(member):
                yield from _entry(f"{place.rpartition('.')[2]}.{name}", member, "###")


def _is_told(member: Any) -> bool:
    """Of a class: its methods and properties that have a docstring."""
    return bool(inspect.getdoc(member)) and (
        isinstance(member, property) or inspect.isfunction(member)
    )


def _signature(place: str, thing: Any) -> str:
    """A call, or what a property is, as it would be written."""
    name = place.rpartition(".")[2]
    if isinstance(thing, property):
        back = inspect.signature(thing.fget).return_annotation if thing.fget else ""
        return f"{name}: {_written(back)}"
    try:
        signature = inspect.signature(thing)
    except ValueError:  # an exception's own
        return name
    ends = "" if inspect.isclass(thing) else f" -> {_written(signature.return_annotation)}"
    taken = [p for p in _parameters(signature) if p != "self"]
    whole = f"{name}({', '.join(taken)}){ends}"
    if len(whole) <= LINE:
        return whole
    return "\n".join([f"{name}(", *(f"    {one}," for one in taken), f"){ends}"])


def _parameters(signature: inspect.Signature) -> Iterator[str]:
    """Each parameter with its annotation as the source has it; defaults that are no literals have
    no spelling that helps.
    """
    star_is_said = False
    for one in signature.parameters.values():
        if one.kind is one.VAR_POSITIONAL:
            star_is_said = True
        elif one.kind is one.KEYWORD_ONLY and not star_is_said:
            star_is_said = True
            yield "*"
        mark = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        kind = "" if one.annotation is one.empty else f": {_written(one.annotation)}"
        plain = isinstance(one.default, str | int | float | tuple | None)
        default = "" if one.default is one.empty else f" = {one.default!r}" if plain else " = ..."
        yield f"{mark}{one.name}{kind}{default}"


def _written(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


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
        elif section in ("", "Notes", "References", "Examples"):
            made.append(f"    {line}" if section == "Examples" else line)  # four spaces: code
        elif line.startswith(" "):
            made.append(f"  {line.strip()}")
        elif line:
            made.append(_term(line, section))
    return [*made, ""]


def _term(line: str, section: str) -> str:
    """A parameter, an exception or the type of what is returned, as code; or words about all."""
    name, colon, kind = line.partition(" : ")
    if colon:
        return f"- `{name.strip()}`: {kind.strip()}"
    named = section in ("Returns", "Yields") or _NAMES.match(line)
    return f"- `{line.strip()}`:" if named else f"\n{line.strip()}"
