"""The shape of the source: rooms that can be overlooked, names that say one thing, no circles."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = ("astroview", "trainer")
MOST_FILES = 25  # in one folder
MOST_ROOMS = 22  # at the first level of the window
LONGEST_FILE = 425  # lines
LONGEST_FUNCTION = 64  # lines of code, without the docstring
REPEATED_CLASSES = 15
REPEATED_MODULES = 8
# What tests reach for inside of widgets and modules, and where they let time pass: fewer is better.
PRIVATE_REACHES = 6
PUBLISHED = {"_exit", "_replace", "_repr_html_", "_repr_png_"}  # so named by Python and Jupyter
FIXED_WAITS = 10
# "-ing" says what goes on and not what stands there; these are terms of the field.
TERMS = {"sampling", "rendering", "sample_meaning", "tiff_meaning"}


@cache
def sources(*packages: str) -> dict[Path, ast.Module]:
    """The files of the packages, and their syntax trees."""
    paths = (path for name in packages for path in (REPOSITORY / name).rglob("*.py"))
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(paths)}


def module_of(path: Path) -> str:
    parts = path.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> frozenset[str]:
    return frozenset(module_of(path) for path in sources(*PACKAGES))


def stems() -> list[str]:
    return [path.stem for path in sources(*PACKAGES) if not path.stem.startswith("__")]


def too_many(names: list[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_a_folder_can_be_overlooked() -> None:
    files = [path.parent for path in sources(*PACKAGES, "tools") if path.stem != "__init__"]
    full = {str(folder): count for folder, count in Counter(files).items() if count > MOST_FILES}
    assert not full


def test_json_is_read_in_one_place() -> None:
    """Elsewhere it would end in errors that `core.strict_json` turns into words."""
    here = REPOSITORY / "astroview" / "core" / "strict_json.py"
    found = [
        f"{path.relative_to(REPOSITORY)}:{node.lineno}"
        for path, tree in sources(*PACKAGES).items()
        for node in ast.walk(tree)
        if path != here
        and isinstance(node, ast.Attribute)
        and node.attr in ("load", "loads")
        and isinstance(node.value, ast.Name)
        and node.value.id == "json"
    ]
    assert not found


def test_the_window_has_few_rooms() -> None:
    here = REPOSITORY / "astroview" / "ui"
    rooms = {path.relative_to(here).parts[0] for path in sources(*PACKAGES) if here in path.parents}
    assert len(rooms - {"__init__.py"}) <= MOST_ROOMS


def test_a_module_has_a_name_of_its_own() -> None:
    repeated = too_many(stems())
    assert len(repeated) <= REPEATED_MODULES, repeated


def test_module_names_say_what_stands_there() -> None:
    assert {name for name in stems() if name.endswith("ing")} <= TERMS


def test_a_class_has_a_name_of_its_own() -> None:
    trees = sources(*PACKAGES).values()
    names = [node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)]
    repeated = too_many(names)
    assert len(repeated) <= REPEATED_CLASSES, repeated


def test_files_are_short() -> None:
    lines = {
        str(path.relative_to(REPOSITORY)): len(path.read_text("utf-8").splitlines())
        for path in sources(*PACKAGES, "tools", "tests")
    }
    assert not {name: count for name, count in lines.items() if count > LONGEST_FILE}


def test_functions_are_short() -> None:
    long = []
    for path, tree in sources(*PACKAGES, "tools").items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[min(bool(ast.get_docstring(node)), len(node.body) - 1)]
                length = (node.end_lineno or 0) - first.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{path.name} {node.name}: {length}")
    assert not long


def test_one_place_starts_child_processes() -> None:
    """Torn lines, a farewell, death in mid-line: what is right once is right for all."""
    begun = [
        module_of(path)
        for path, tree in sources("astroview").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QProcess"
    ]
    assert begun == ["astroview.ui.process.json_process"]


def test_no_module_is_imported_in_a_circle() -> None:
    """What modules import when they are imported; a CycleError names those of a circle."""
    graph = {
        module_of(path): set(imported(path, tree)) for path, tree in sources(*PACKAGES).items()
    }
    TopologicalSorter(graph).prepare()


def imported(path: Path, tree: ast.Module) -> Iterator[str]:
    """Modules of ours that a file imports at its top."""
    known = modules()
    package = module_of(path).split(".")[: None if path.stem == "__init__" else -1]
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom):
            continue
        base = node.module or ""
        if node.level:
            above = package[: len(package) - node.level + 1]
            base = ".".join([*above, *filter(None, [node.module])])
        for alias in node.names:
            whole = f"{base}.{alias.name}"
            found = whole if whole in known else base
            if found in known and found != module_of(path):
                yield found


def test_tests_stand_where_their_rooms_are() -> None:
    """A folder of tests below core, engine, ui, batch and trainer mirrors one of the source."""
    tests = REPOSITORY / "tests"
    rooms = {"core", "engine", "ui", "batch", "trainer"}
    folders = {path.parent for path in tests.rglob("test_*.py")}
    for folder in folders:
        parts = folder.relative_to(tests).parts
        if parts and parts[0] in rooms:
            root = REPOSITORY if parts[0] == "trainer" else REPOSITORY / "astroview"
            assert root.joinpath(*parts).is_dir(), folder


def private_reaches(tree: ast.Module) -> Iterator[str]:
    """Members with a leading underscore that are asked of another object."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own and not node.attr.startswith("__") and node.attr not in PUBLISHED:
                yield node.attr


def test_tests_reach_into_few_private_members() -> None:
    """Who moves a widget's inside breaks such tests; a part that is wanted is made public."""
    reached = [name for tree in sources("tests").values() for name in private_reaches(tree)]
    assert len(reached) <= PRIVATE_REACHES, Counter(reached).most_common(12)


def test_tests_wait_for_something_and_not_for_some_time() -> None:
    """`tests/helpers/waiting` asks whether it is so yet; other waits are what a test is about."""
    waits = [
        f"{path.name}:{node.lineno}"
        for path, tree in sources("tests").items()
        if path.name != "waiting.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("sleep", "qWait")
    ]
    assert len(waits) <= FIXED_WAITS, waits
