"""The pages: their links lead somewhere, and what they tell to type can be typed."""

from __future__ import annotations

import argparse
import ast
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import documented
import pytest

import astroview
from astroview import __main__ as entry
from astroview import cli, cli_parser
from astroview.reference import pages
from astroview.reference.command_line import command_line
from astroview.reference.model_cards import model_cards
from astroview.reference.python_api import python_api

ROOT = Path(__file__).resolve().parents[2]
MADE = {*pages.PAGES, "contributing.md"}
PAGES = documented.PAGES
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """What a heading can be linked by."""
    text = command_line() if not page.exists() else page.read_text("utf-8")
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        made = target.is_relative_to(ROOT / "docs") and str(target.relative_to(ROOT / "docs"))
        assert target.exists() or made in MADE, link
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), link


COMMANDS = [(place, line) for place, lines in documented.all_told().items() for line in lines]
OURS = [(place, line) for place, line in COMMANDS if re.match(r"astroview |.*\| astroview ", line)]


@pytest.mark.parametrize(
    "line", [line for _, line in OURS], ids=[f"{place}: {line}" for place, line in OURS]
)
def test_documented_commands_can_be_typed(line: str) -> None:
    one = re.sub(r"(\w)(\|[\w.]+)+", r"\1", re.sub(r"\[[^\]]*\]", "", line))  # of a synopsis
    alone = re.split(r"\s[|>&;]+\s?", one.rpartition(" | ")[2])[0]
    documented.parse([word for word in shlex.split(alone) if word not in ("...", "…")][1:])


def test_most_commands_are_run_and_there_is_a_reason_for_each_that_is_not() -> None:
    """`tests/cli/test_documented_commands.py` runs them."""
    run = {line for lines in documented.to_run().values() for line in lines}
    assert len(run) > 45
    for pattern, why in documented.LEFT_OUT.items():
        assert any(re.search(pattern, line) for _, line in COMMANDS), f"{pattern}: none is left"
        for named in re.findall(r"tests/[\w/.]+|tools/[\w/.]+", why):
            assert (ROOT / named).exists(), named


def test_what_is_named_in_a_sentence_has_the_options_that_are_named_with_it() -> None:
    commands = {one.prog: one for one in parsers(cli.parser())}
    told = 0
    for page in PAGES:
        for line in documented.inline(page):
            name, *words = line.split()[1:]
            known = commands[f"astroview {name}"] if name in cli.COMMANDS else entry.parser()
            taken = [action for one in parsers(known) for action in actions(one)]
            options = {option for action in taken for option in action.option_strings}
            for word in re.findall(r"(?<![\w-])--?[a-z][\w-]*", " ".join(words)):
                told += 1
                assert word in options | {"--help"}, f"{page.name}: {line}"
    assert told > 20


def test_targets_modules_and_extras_that_are_named_are_there() -> None:
    """What pages tell to make, to run as a module, and to install."""
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    typed = [line.split()[1] for _, line in COMMANDS if line.startswith("make ")]
    for page in [page for page in PAGES if page.name != "CHANGELOG.md"]:
        text = page.read_text("utf-8")
        typed += re.findall(r"`make ([a-z][\w-]*)", text)
        for module in re.findall(r"python -m ((?:benchmarks|tools|trainer)[\w.]*)", text):
            place = ROOT / module.rstrip(".").replace(".", "/")
            assert place.is_dir() or place.with_suffix(".py").is_file(), f"{page.name}: {module}"
        for extra in re.findall(r"astroview-app\[([\w,]+)\]", text):
            assert set(extra.split(",")) <= extras.keys(), page
    assert set(typed) <= set(targets)


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands, and of what they take as WHAT."""
    yield parser
    for kind, _ in cli_parser.kinds_of(parser):
        yield from parsers(kind)


def actions(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a command takes; argparse tells it in no other way."""
    return parser._actions


def test_every_option_of_every_command_stands_in_the_reference_with_what_it_means() -> None:
    page = command_line()
    chapters = dict(re.findall(r"^##+ (astroview.*)\n((?:(?!##).*\n)*)", page, re.MULTILINE))
    told = 0
    for parser in (entry.parser(), *list(parsers(cli.parser()))[1:]):
        chapter = chapters[parser.prog]
        alone = len(parser.prog.split()) < 3  # flags of messages are told of the command itself
        for action in actions(parser):
            told += 1
            if alone or action.dest not in ("quiet", "verbose", "log_level"):
                for option in action.option_strings:
                    assert f"`{option}`" in chapter
                assert action.help or action.dest == argparse.SUPPRESS, (parser.prog, action.dest)
    assert told > 150
    assert "`ASTROVIEW_DATA_DIR`" in page


def test_every_name_of_the_package_stands_in_the_reference_as_it_is_written() -> None:
    stub = ast.parse((ROOT / "astroview" / "__init__.pyi").read_text("utf-8"))
    said = next(
        n.value for n in stub.body if isinstance(n, ast.Assign) and "__all__" in ast.unparse(n)
    )
    assert sorted(astroview.__all__) == sorted(ast.literal_eval(said))
    page = python_api()
    for name in set(astroview.__all__) - {"__version__"}:
        assert f"\n## astroview.{name}\n" in page
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    for block in blocks:  # a signature is Python: a default "auto" keeps its quotes
        ast.parse(f"def {block.rstrip()}: ..." if "(" in block.partition(":")[0] else block)
    assert "device: str = 'auto'" in page
    assert "scale: int" in page, "a property is no call"
    assert "    >>> astroview.open(" in page, "an example is code, not a quotation"


def test_every_bundled_model_has_its_card_on_the_site() -> None:
    page = model_cards()
    for card in (ROOT / "resources" / "models").glob("*/card.json"):
        told = json.loads(card.read_text("utf-8"))
        for words in (told["id"], told["sha256"], told["licence"], *told["limits_of_use"]):
            assert words in page
        figures = [n for n in told["metrics"].values() if isinstance(n, float)]
        assert figures
        assert all(f"{n:,}" in page for n in figures)


def test_no_two_decisions_share_a_number() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [name.split("-")[0] for name in names]
    assert numbers == [f"{n + 1:04}" for n in range(len(numbers))]
    for name in names:
        first = (ROOT / "docs" / "decisions" / name).read_text("utf-8").splitlines()[0]
        told = re.match(r"# (\d+)\.", first)
        assert not told or int(told[1]) == int(name.split("-")[0]), name


def test_the_list_of_decisions_has_all_of_them() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\[([^\]]+)\]\(([^)]+)\)", (folder / "index.md").read_text("utf-8"))
    titles = {
        path.name: re.sub(r"^# (\d+\. )?", "", path.read_text("utf-8").splitlines()[0])
        for path in folder.glob("[0-9]*.md")
    }
    assert [(titles[name], name) for name in sorted(titles)] == listed


def test_every_page_stands_in_the_sites_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[2]
    pages = {p.relative_to(ROOT / "docs").as_posix() for p in (ROOT / "docs").rglob("*.md")}
    lone = {page for page in pages if not page.startswith("decisions/0")}
    assert [page for page in sorted(lone) if page not in contents] == []
