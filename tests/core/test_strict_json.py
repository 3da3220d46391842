"""JSON that anybody may have written: each reader takes it, or refuses it in words."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io import fits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from astroview.batch import journal
from astroview.core import strict_json
from astroview.core.bands import band_sets
from astroview.core.claim import claim_of
from astroview.core.colour_hints import Colouring
from astroview.core.enhance import sidecar
from astroview.core.errors import AstroviewError
from astroview.core.frame import ArraySource, Frame
from astroview.core.messages import worker_messages
from astroview.core.models import model_card
from astroview.core.models.model_card import default_shelf, read_card

BAD = [b"", b"null", b"7", b"[" * 100_000, b'{"a":' * 100_000, b"NaN", b'{"a": NaN}', b"\xff",
       b'{"a": -Infinity}', b'{"a": 1e999}', b'{"a": 1',
       b'{"a": 1' + b"0" * 5000 + b"}",
       b'{"a": ' + b"[" * 101 + b"]" * 101 + b"}"]  # fmt: skip
NAMES = ("astroview", "colours", "0:0", "palette", "hints", "type", "id", "journal", "is", "done",
         "target", "name", "task", "tiling", "palettes", "metrics", "bands",
         "states", "size")  # fmt: skip

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=10,
)
calm = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("content", BAD)
def test_whatever_is_wrong_is_a_value_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(ValueError):  # noqa: PT011 - any words will do
        strict_json.read(path)
    assert strict_json.set_aside(path) == tmp_path / "a.json.bak"
    assert (tmp_path / "a.json.bak").read_bytes() == path.read_bytes() == content


def test_what_is_nested_a_hundred_deep_is_read() -> None:
    assert strict_json.loads("[" * 101 + "]" * 101)


def test_a_loss_may_be_no_number() -> None:
    assert strict_json.loads('{"a": Infinity}', nan=True) == {"a": float("inf")}
    with pytest.raises(ValueError, match="deep"):
        strict_json.loads("[" * 10**5, nan=True)


def try_all(folder: Path, content: bytes) -> None:
    """Every reader of a file with this content: no other errors than those in words."""
    card, beside = folder / "card.json", folder / "a.fits"
    sets, record = folder / "a.bands", folder / "journal.jsonl"
    for path in (card, sets, record, sidecar.beside(beside)):
        path.write_bytes(content)
    beside.touch()
    readers: list[Any] = [
        lambda: read_card(folder),
        lambda: band_sets.open_set(sets),
        lambda: sidecar.load(beside, "0:0"),
        lambda: journal.Journal(record).close(),
    ]
    for read in readers:
        with suppress(AstroviewError):
            read()
    with suppress(ValueError):
        worker_messages.decode(content.decode("latin-1"))


@given(values)
@calm
def test_any_value_is_read_or_refused_in_words(tmp_path: Path, value: Any) -> None:
    try_all(tmp_path, json.dumps(value).encode() + b"\n")


@pytest.mark.parametrize("content", BAD)
def test_any_content_is_read_or_refused_in_words(tmp_path: Path, content: bytes) -> None:
    try_all(tmp_path, content)


FIELDS = ("id", "name", "task", "architecture", "hyper", "tiling", "sha256", "scale", "summary",
          "palettes", "metrics", "uncertainty", "limits_of_use", "origin", "adapter")  # fmt: skip


@given(st.sampled_from(FIELDS), values)
@calm
def test_a_card_with_a_spoilt_field_is_refused_or_holds(
    tmp_path: Path, name: str, value: Any
) -> None:
    card = default_shelf().cards()[0]
    (tmp_path / "card.json").write_text(
        json.dumps(json.loads(model_card.card_text(card)) | {name: value})
    )
    with suppress(AstroviewError):
        found = read_card(tmp_path)
        assert isinstance(found.title(), str)
        assert found.denoises in (True, False)
        assert all(isinstance(palette.name, str) for palette in found.palettes)


def test_colours_of_a_newer_version_survive(tmp_path: Path) -> None:
    path = sidecar.beside(tmp_path / "a.fits")
    entry = {"palette": "blue", "hologram": 3}
    path.write_text(json.dumps({"astroview": 1, "colours": {"0:0": entry}, "author": "me"}))
    (tmp_path / "a.fits").touch()
    assert sidecar.load(tmp_path / "a.fits", "0:0") == Colouring(palette="blue")
    sidecar.save(path, "0:0", Colouring(palette="copper"))
    kept = json.loads(path.read_text())
    assert kept["author"] == "me"
    assert (kept["colours"]["0:0"]["palette"], kept["colours"]["0:0"]["hologram"]) == ("copper", 3)
    path.write_text(json.dumps({"astroview": 2, "colours": {"else": 1}}))
    sidecar.save(path, "0:0", Colouring(palette="blue"))
    assert json.loads(path.with_name(f"{path.name}.bak").read_text())["astroview"] == 2


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_what_names_no_file_is_refused(tmp_path: Path, name: str) -> None:
    """A zero, or half a letter: the system's calls raise what nobody expects of them."""
    sets, record = tmp_path / "a.bands", tmp_path / "journal.jsonl"
    sets.write_text(json.dumps({"bands": [name], "states": [[1, 2]]}))
    with pytest.raises(AstroviewError, match="no set of bands"):
        band_sets.open_set(sets)
    start = {"is": "start", "target": name, "source": "b", "input": "", "size": 1, "mtime_ns": 2}
    record.write_text(f"{json.dumps(start)}\n{json.dumps(start | {'target': 'a'})}\n")
    kept = journal.Journal(record)
    assert (kept.unread, list(kept.unfinished())) == (1, ["a"])
    kept.close()


FAR = {"x": 0, "y": 0, "a": 0.1, "b": 0.1, "radius": 0.1, "path": [[1e9, 0]]}


@pytest.mark.parametrize(
    "colours",
    [
        {"hints": [FAR]},
        {"hints": [FAR | {"path": [[30_000, 0]], "radius": 0.5}] * 9},
        {"hints": [{"x": 1e308, "y": 0, "a": 0, "b": 0}]},
        {"hints": [{"x": 1, "y": 0, "a": 2, "b": 0}]},
        {"vividness": 1e308},
        {"reference": {"name": "a", "code": [0.0] * 24, "swatches": [[0, 0, 10**30]]}},
        {"reference": {"name": "a", "code": [1e308] * 24}},
    ],
)
def test_colours_that_nobody_chose_are_refused(tmp_path: Path, colours: dict[str, Any]) -> None:
    """A stroke of a few letters would fill the memory with the discs that it is drawn with."""
    frame = tmp_path / "a.fits"
    frame.touch()
    path = sidecar.beside(frame)
    path.write_text(json.dumps({"astroview": 1, "colours": {"0:0": colours}}))
    with pytest.raises(AstroviewError, match="cannot be used"):
        sidecar.load(frame, "0:0")


@pytest.mark.parametrize(
    "cards",
    [
        {"AIOPTS1": "null"},
        {"AIOPTS1": "[]"},
        {"AIOPTS1": '{"tile": NaN}'},
        {f"AIOPTS{n}": "[" * 60 for n in range(1, 90)},
        {"AIOPTS1": '{"hints": [{"x":0,"y":0,"a":0,"b":0,"path":[[1e9,0]]}]}'},
        {"AIORIG": "a", "AIORIGID": "b", "AIHDU": "one"},
        {"AIORIG": "a", "AIORIGID": "b", "AIPLANE": "1e999"},
    ],
)  # fmt: skip
def test_what_a_result_claims_may_be_anything(cards: dict[str, str]) -> None:
    frame = Frame("a", (2, 2), 1, "linear", ArraySource(np.zeros((2, 2), np.float32)), None)
    header = fits.Header({"AIMODEL1": "m"} | cards)
    with pytest.raises(ValueError):  # noqa: PT011 - any words will do
        claim_of(replace(frame, header=header))


def test_a_journal_names_no_folder_that_is_not_its_own(tmp_path: Path) -> None:
    from astroview.batch import batch_run

    theirs = tmp_path / f"{batch_run.SCRATCH}precious"
    theirs.mkdir()
    assert not batch_run._is_scratch(theirs)


def test_lines_that_are_no_text_spoil_no_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    assert list(strict_json.lines(path)) == []
    path.write_bytes(b'{"a": 1}\r\n\xff\xfe\n{"b": 2}\n{"c"')
    assert list(strict_json.lines(path)) == ['{"a": 1}', "\ufffd\ufffd", '{"b": 2}', '{"c"']


def test_a_line_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_json, "MAX_BYTES", 20)
    path = tmp_path / "a.jsonl"
    path.write_text("{}\n" + "x" * 100 + "\n{}\n")
    assert list(strict_json.lines(path)) == ["{}"]
