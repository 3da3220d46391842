"""The texts that stand in the source: what is said to the user, wherever it is written.

A text with things in it, ``f"Saved {path.name}."``, is found as ``Saved {0}.``; `text_templates`
finds its translation again when the window says it. Only ``make translations`` and tests need this
room.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

# What calls say to the user: the places of their arguments, and the names.
SAYING: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "tr": ((0,), ()),
    "noted": ((0,), ()),
    "Notice": ((0, 1, 3), ("message", "hint", "button")),
    "of_words": ((0, 1, 2), ("message", "hint", "button")),
    "label": ((0,), ("tip",)),
    "tool": ((0,), ()),
    "section": ((0,), ()),
    "combo": ((0,), ("tip",)),
    "field": ((0,), ()),
    "dress": ((), ("tip", "spoken")),
    "NumberEdit": ((0, 1), ("zero",)),
    "Spec": ((0, 3), ("text", "tip")),
    "Choice": ((0, 2), ("words", "tip")),
    "CardText": ((1,), ("title",)),
    "Way": ((1, 2), ("words", "tip")),
    "Plot": ((1, 2), ("x_name", "y_name")),
    "Series": ((4,), ("name",)),
    "Report": ((0, 2), ("title",)),
    "stage": ((0,), ()),
    "progress": ((2,), ("note",)),
    "meter": ((2,), ("note",)),
    "_reject": ((0, 1, 2), ("why", "hint")),
}
ERRORS = ((0, 1), ("message", "hint"))
FAMILY = {"AstroviewError"}
# Modules that write reports: all their sentences are said.
REPORTING = re.compile(
    r"\w+_reports|\w+_statistics|box_\w+|line_cut|star_profile|graticule|positions|region_fields"
)
MOST = 8  # ways to read one text with choices in it

Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def found_in(paths: Iterable[Path]) -> list[str]:
    """Every text that these files say, in the order of their lines."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    errors = _family(trees.values())
    texts: dict[str, None] = {}
    for path, tree in trees.items():
        said = [(argument, scope) for call, scope in _calls(tree, tree)
                for argument in _said(call, errors)]  # fmt: skip
        if REPORTING.fullmatch(path.stem):
            said += [(sentence, tree) for sentence in _sentences(tree)]
        for argument, scope in said:
            texts.update(dict.fromkeys(filter(_speaks, _readings(argument, scope))))
    return list(texts)


def _sentences(tree: ast.Module) -> Iterator[ast.expr]:
    """Texts that begin with a capital or are about x and y, docstrings aside."""
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for part in node.values}  # fmt: skip
    for node in ast.walk(tree):
        first = node.values[0] if isinstance(node, ast.JoinedStr) else node
        text = first.value if isinstance(first, ast.Constant) else None
        if isinstance(text, str) and re.match("[A-Z]|x, y", text) and node not in told | inner:
            yield node  # type: ignore[misc]


def _family(trees: Iterable[ast.Module]) -> set[str]:
    """The names of all errors that the user reads."""
    family, classes = set(FAMILY), [n for t in trees for n in ast.walk(t)]
    bases = {c.name: {b.id for b in c.bases if isinstance(b, ast.Name)}
             for c in classes if isinstance(c, ast.ClassDef)}  # fmt: skip
    while new := {name for name, of in bases.items() if of & family} - family:
        family |= new
    return family


def _calls(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.Call, Scope]]:
    inside = node if isinstance(node, Scope) else scope
    if isinstance(node, ast.Call):
        yield node, inside
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, inside)


def _said(call: ast.Call, errors: set[str]) -> Iterator[ast.expr]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    places, names = ERRORS if name in errors else SAYING.get(name, ((), ()))
    arguments = [part for a in call.args for part in (a.value.elts if _spread(a) else [a])]  # type: ignore[attr-defined]
    yield from (arguments[place] for place in places if place < len(arguments))
    yield from (keyword.value for keyword in call.keywords if keyword.arg in names)


def _spread(argument: ast.expr) -> bool:
    return isinstance(argument, ast.Starred) and isinstance(argument.value, ast.Tuple)


def _readings(node: ast.expr, scope: Scope) -> list[str]:
    """The ways a text can read, with ``{0}``, ``{1}`` for what is only known when it runs."""
    numbered: list[str] = []
    for parts in _ways(node, scope, depth=0):
        count, words = 0, ""
        for part in parts:
            words += part if part is not None else f"{{{count}}}"
            count += part is None
        numbered.append(words)
    return numbered


def _ways(node: ast.expr, scope: Scope, depth: int) -> list[tuple[str | None, ...]]:
    """Each way as literal parts, None for the parts that are not known."""
    match node:
        case ast.Constant(value=str(text)):
            return [(text,)]
        case ast.JoinedStr(values=values):
            return _chained([_ways(value, scope, depth) for value in values])
        case ast.FormattedValue(value=value, format_spec=None) if _chosen(value):
            return _ways(value, scope, depth)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _chained([_ways(left, scope, depth), _ways(right, scope, depth)])
        case ast.IfExp(body=body, orelse=orelse):
            return [*_ways(body, scope, depth), *_ways(orelse, scope, depth)]
        case ast.BoolOp(op=ast.Or(), values=values):
            return [way for value in values for way in _ways(value, scope, depth)]
        case ast.Name(id=name) if depth == 0 and (given := _assigned(name, scope)):
            return [way for value in given for way in _ways(value, scope, depth + 1)]
        case _:
            return [(None,)]


def _chosen(value: ast.expr) -> bool:
    """A choice between two texts inside a text: the plural's s."""
    ends = (value.body, value.orelse) if isinstance(value, ast.IfExp) else ()
    return bool(ends) and all(isinstance(end, ast.Constant | ast.JoinedStr) for end in ends)


def _chained(each: list[list[tuple[str | None, ...]]]) -> list[tuple[str | None, ...]]:
    return [tuple(p for way in ways for p in way) for ways in product(*each)][:MOST]


def _assigned(name: str, scope: Scope) -> list[ast.expr]:
    """What a name is set to in its function (or module)."""
    given: list[ast.expr] = []
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                given += _paired(name, target, node.value)
    return given


def _paired(name: str, target: ast.expr, value: ast.expr) -> list[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        return [value]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = zip(target.elts, value.elts, strict=False)
        return [v for t, v in pairs if isinstance(t, ast.Name) and t.id == name]
    return []


def _speaks(text: str) -> bool:
    """Whether there are words in a text: letters beside what is filled in."""
    return bool(re.search(r"[^\W\d_]{2}", re.sub(r"\{\d+\}", "", text)))
