"""The texts that stand in the source: what is said to the user, wherever it is written.

A text is written as it is, with named places for things: ``Text("Saved {name}.", name=...)``.
Only ``make translations`` and tests need this room.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

# What calls say to the user: the places of their arguments, and the names.
SAYING: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "tr": ((0,), ()),
    "Text": ((0,), ()),
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
    "told": ((0,), ("what",)),
    "_fail": ((0,), ()),
    "number_box": ((0, 1), ("tip",)),
    "_reject": ((0, 1, 2), ("why", "hint")),
}
COUNTED = ("counted", "tr_counted")  # the second argument is the id
ERRORS = ((0, 1), ("message", "hint"))
FAMILY = {"AstroviewError"}
# Modules that write reports: all their sentences are said.
REPORTING = re.compile(
    r"\w+_reports|\w+_statistics|box_\w+|line_cut|star_profile|graticule|positions|region_fields"
)

Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def found_in(paths: Iterable[Path]) -> dict[str, bool]:
    """The id of every text that these files say, in the order of their lines, and whether it has
    a form for each number.
    """
    texts: dict[str, bool] = {}
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    for _, argument, scope in _arguments(trees):
        for part in _parts(argument, scope):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                texts.setdefault(part.value, False)
    for call in (node for tree in trees.values() for node in ast.walk(tree)):
        if isinstance(call, ast.Call) and _name(call) in COUNTED and len(call.args) > 2:
            many = call.args[1]
            if isinstance(many, ast.Constant) and isinstance(many.value, str):
                texts[many.value] = True
    return {text: counted for text, counted in texts.items() if speaks(text)}


def constants(paths: Iterable[Path]) -> set[str]:
    """Every text in these files that stands there whole: what tables may hold, with or without a
    mark before it.
    """
    nodes = (node for path in paths for node in ast.walk(ast.parse(path.read_text("utf-8"))))
    found = (node.value for node in nodes if isinstance(node, ast.Constant))
    texts = {text for text in found if isinstance(text, str) and speaks(text)}
    return texts | {text[1:] for text in texts}


def put_together(paths: Iterable[Path]) -> list[str]:
    """Where words are said that are put together on the spot, so that they have no id."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    found: list[str] = []
    for path, argument, scope in _arguments(trees):
        for part in _parts(argument, scope):
            constants = [node.value for node in _own(part) if isinstance(node, ast.Constant)]
            words = "".join(text for text in constants if isinstance(text, str))
            if isinstance(part, ast.JoinedStr | ast.BinOp) and speaks(words):
                found.append(f"{path.name}:{part.lineno}: {ast.unparse(part)}")
    return list(dict.fromkeys(found))


def speaks(text: str) -> bool:
    """Whether there are words in a text: letters beside what is filled in."""
    return bool(re.search(r"[^\W\d_]{2}", re.sub(r"\{[^{}]*\}", "", text)))


def _arguments(trees: dict[Path, ast.Module]) -> Iterator[tuple[Path, ast.expr, Scope]]:
    """What is said to the user, and the function it stands in."""
    errors = _family(trees.values())
    for path, tree in trees.items():
        for call, scope in _calls(tree, tree):
            for argument in _said(call, errors):
                yield path, argument, scope
        if REPORTING.fullmatch(path.stem):
            for sentence in _sentences(tree):
                yield path, sentence, tree


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


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _said(call: ast.Call, errors: set[str]) -> Iterator[ast.expr]:
    name = _name(call)
    places, names = ERRORS if name in errors else SAYING.get(name, ((), ()))
    yield from (call.args[place] for place in places if place < len(call.args))
    yield from (keyword.value for keyword in call.keywords if keyword.arg in names)


def _parts(node: ast.expr, scope: Scope, depth: int = 0) -> Iterator[ast.expr]:
    """The expressions that an argument can be: each side of a choice, what a name is set to."""
    match node:
        case ast.IfExp(body=one, orelse=other):
            yield from _parts(one, scope, depth)
            yield from _parts(other, scope, depth)
        case ast.BoolOp(op=ast.Or(), values=values):
            for value in values:
                yield from _parts(value, scope, depth)
        case ast.Name(id=name) if depth == 0:
            for value in _assigned(name, scope):
                yield from _parts(value, scope, depth + 1)
        case _:
            yield node


def _own(node: ast.expr) -> Iterator[ast.AST]:
    """The parts of a text that stand in it themselves, not in what it calls."""
    yield node
    if not isinstance(node, ast.Call):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr) and not isinstance(child, ast.FormattedValue):
                yield from _own(child)


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
