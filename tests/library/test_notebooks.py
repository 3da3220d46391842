"""The example notebooks run, and results show themselves in them."""

from __future__ import annotations

import ast
import dataclasses
import json
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import astroview
from astroview.core.errors import AstroviewError

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "docs" / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell by cell, in the notebook's own folder; what a cell ends with can be shown."""
    if "matplotlib" in path.read_text("utf-8"):
        pytest.importorskip("matplotlib", reason="the notebook draws with matplotlib")
    monkeypatch.chdir(path.parent)
    notebook = json.loads(path.read_text("utf-8"))
    assert notebook["nbformat"] == 4
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = [
        _run("".join(cell["source"]), names)
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    assert any(value is not None for value in shown)
    assert all(cell.get("outputs", []) == [] for cell in notebook["cells"])  # kept without


def _run(source: str, names: dict[str, Any]) -> object:
    """Run a cell; what its last expression gives, drawn as a notebook would."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebooks
    if not isinstance(last, ast.Expr):
        return None
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307
    for way in ("_repr_html_", "_repr_png_"):
        if (draw := getattr(value, way, None)) is not None:
            draw()
    return value


@pytest.mark.skipif(find_spec("nbclient") is None, reason="nbclient is not installed")
@pytest.mark.skipif(find_spec("ipykernel") is None, reason="ipykernel is not installed")
def test_a_notebook_runs_in_a_kernel() -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": "."}}).execute()


class Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self.sources.append(given["src"] or "")
            self.names.append(given["alt"] or "")


def test_a_result_shows_before_and_after_and_what_was_painted() -> None:
    counts = np.random.default_rng(1).poisson(200, (40, 56)).astype(np.float32)
    made = astroview.enhance(counts, worker=False, uncertainty=False)
    page = made._repr_html_()
    seen = Images()
    seen.feed(page)
    assert seen.names == ["after", "before"]
    assert all(one.startswith("data:image/png;base64,") for one in seen.sources)
    assert seen.sources[0] != seen.sources[1]
    assert "painted by a neural network" in page
    again = Images()
    again.feed(made._repr_html_())
    assert page != made._repr_html_()  # each slider moves its own picture
    assert again.sources == seen.sources


def test_a_widget_holds_both_pictures_and_its_line_is_set_from_python() -> None:
    pytest.importorskip("anywidget", reason="the extra “notebook” is not installed")
    from traitlets import TraitError

    counts = np.random.default_rng(1).poisson(200, (40, 56)).astype(np.float32)
    made = astroview.enhance(counts, worker=False, uncertainty=False)
    shown = made.slider()
    assert shown.before != shown.after
    assert {shown.before[:4], shown.after[:4]} == {b"\x89PNG"}
    assert "painted by a neural network" in " ".join(shown.words)
    sent = shown.get_state()
    assert sent["place"] == 0.5
    assert bytes(sent["after"]) == shown.after
    seen: list[float] = []
    shown.observe(lambda change: seen.append(change.new), "place")
    shown.set_state({"place": 0.25})  # as the notebook's page says it
    assert seen == [0.25]
    with pytest.raises(TraitError, match="place"):
        shown.place = 2.0
    alone = dataclasses.replace(made, before=None).slider()
    assert alone.before == b""


def test_without_the_extra_the_widget_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = np.random.default_rng(1).poisson(200, (32, 40)).astype(np.float32)
    made = astroview.enhance(counts, worker=False, uncertainty=False, colorize=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(AstroviewError) as told:
        made.slider()
    assert "pip install 'astroview-app[notebook]'" in str(told.value.hint)
    assert made._repr_html_()
