"""The user's shelf and the files that models travel in. The weights are real safetensors files."""

import dataclasses
import hashlib
import json
import struct
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from astroview.core.errors import CannotSave, ModelRejected
from astroview.core.models import model_package, safetensors_header, shelf
from astroview.core.models.model_card import (
    Adapter,
    ModelCard,
    ModelShelf,
    Origin,
    Tiling,
    default_shelf,
    read_card,
    sha256_of,
    write_card,
)
from astroview.core.models.shelf import UserShelf
from astroview.core.models.tuned_card import tuned_card, tuned_id


def make(folder: Path, model_id: str = "one", value: float = 1.0, **more: object) -> ModelCard:
    """A model's folder whose weights are one small tensor."""
    folder.mkdir(parents=True)
    parent = {"parent_sha256": origin.sha256} if (origin := more.get("origin")) else None
    save_file({"w": np.full((4, 3), value, np.float16)}, folder / "model.safetensors", parent)  # type: ignore[union-attr]
    card = ModelCard(
        model_id, model_id.title(), "superres", "compact", {"width": 4, "steps": [1, 2]},
        Tiling(64, 8), sha256_of(folder / "model.safetensors"), scale=2,
    )  # fmt: skip
    write_card(dataclasses.replace(card, **more), folder)  # type: ignore[arg-type]
    return read_card(folder)


@pytest.fixture
def own(tmp_path: Path) -> UserShelf:
    make(tmp_path / "bundled" / "base", "base", 9.0)
    folder = tmp_path / "mine"
    return UserShelf(folder, tmp_path / "trash", ModelShelf((tmp_path / "bundled", folder)))


def left_over(own: UserShelf) -> list[str]:
    return [p.name for p in own.folder.glob(".*")] if own.folder.is_dir() else []


def test_adopting_copies_once(own: UserShelf, tmp_path: Path):
    made = make(tmp_path / "run" / "model")
    assert made.folder
    before = shelf.fingerprint(own.everything)
    first, again = own.adopt(made.folder), own.adopt(made.folder)
    assert first == again
    assert first.folder == own.folder / "one"
    assert own.everything.card("one") == first
    assert shelf.fingerprint(own.everything) != before
    assert not left_over(own)


def test_ids_are_never_taken_twice(own: UserShelf, tmp_path: Path):
    ids = [own.adopt(make(tmp_path / f"m{i}", "Base", float(i)).folder or tmp_path).id
           for i in range(3)]  # fmt: skip
    assert ids == ["Base-2", "Base-3", "Base-4"]
    assert {c.id for c in own.everything.cards()} == {"base", *ids}


def test_adopting_what_the_shelf_has_changes_nothing(own: UserShelf):
    base = own.everything.card("base")
    assert base.folder
    assert own.adopt(base.folder) == base
    assert not own.folder.exists()


def test_removing_can_be_undone(own: UserShelf, tmp_path: Path):
    card = own.adopt(make(tmp_path / "m").folder or tmp_path)
    place = own.discard(card.id)
    with pytest.raises(ModelRejected):
        own.everything.card(card.id)
    assert [c.id for c in own.discarded()] == ["one"]
    assert own.restore(place) == card
    assert not own.discarded()


def test_bundled_models_stay(own: UserShelf):
    for change in (own.discard, lambda model_id: own.rename(model_id, "Mine")):
        with pytest.raises(ModelRejected, match="belongs to astroview"):
            change("base")


def test_renaming_keeps_the_id(own: UserShelf, tmp_path: Path):
    card = own.adopt(make(tmp_path / "m").folder or tmp_path)
    assert own.rename(card.id, "  My \n galaxy ").name == "My galaxy"
    assert own.everything.card("one").name == "My galaxy"
    with pytest.raises(ModelRejected):
        own.rename(card.id, " ")


def test_a_shelf_that_cannot_be_written_says_so(own: UserShelf, tmp_path: Path):
    own.folder.write_text("a file stands where the folder should be")
    with pytest.raises(CannotSave, match="One was not saved"):
        own.adopt(make(tmp_path / "m").folder or tmp_path)


def test_parents_are_found_by_their_weights(own: UserShelf, tmp_path: Path):
    base = own.everything.card("base")
    tuned = own.adopt(
        make(tmp_path / "t", "t", 2.0, origin=Origin("base", base.sha256)).folder or tmp_path
    )
    origin, kind = Origin("t", tuned.sha256, "adapter"), Adapter(4, 1.0)
    adapter = make(tmp_path / "a", "a", 3.0, origin=origin, adapter=kind)
    adapter = own.adopt(adapter.folder or tmp_path)
    assert [c.id for c in shelf.chain(adapter, own.everything)] == ["t", "base"]
    assert [c.id for c in own.needing(tuned)] == ["a"]
    assert own.needing(base) == ()
    own.discard("t")
    assert shelf.chain(adapter, own.everything) == ()


def test_an_adapter_on_another_parent_is_refused(own: UserShelf, tmp_path: Path):
    made = make(tmp_path / "a", origin=Origin("base", "a" * 64), adapter=Adapter(4, 1.0))
    assert made.folder
    write_card(dataclasses.replace(made, origin=Origin("base", "b" * 64)), made.folder)
    with pytest.raises(ModelRejected, match="different parents"):
        own.adopt(made.folder)
    assert not left_over(own)


def test_cards_of_tuned_models(own: UserShelf):
    base = own.everything.card("base")
    origin = Origin("base", base.sha256, "full", 300, "f" * 64, 40, "2026-01-31")
    one = tuned_card(base, "M 101, Größe", origin)
    assert (one.id, one.name) == ("base-tuned-m-101-groe", "Base · M 101, Größe")
    assert one.origin == origin
    assert "40 pictures" in one.limits_of_use[0]
    two = tuned_card(one, "M 101, Größe", origin, {one.id})
    assert (two.id, two.name) == (f"{one.id}-2", one.name)
    assert tuned_id("base", "星", ()) == "base-tuned-own"


# ---------------------------------------------------------------- files


def test_a_shared_model_comes_back_the_same(own: UserShelf, tmp_path: Path):
    made = make(tmp_path / "m", origin=Origin("base", "a" * 64, made="2026-01-01"))
    file = model_package.share(made, tmp_path / "give.away")
    assert file.name == "give.away.astromodel"
    assert model_package.peek(file).id == "one"
    back = model_package.bring_in(file, own)
    assert dataclasses.replace(back, folder=None) == dataclasses.replace(made, folder=None)
    assert sha256_of(back.weights) == made.sha256
    content = file.read_bytes()
    assert model_package.share(made, file).read_bytes() == content


def test_bundled_models_can_be_shared(tmp_path: Path):
    for card in default_shelf().cards():
        model_package.share(card, tmp_path / card.id)
        read = model_package.peek(tmp_path / f"{card.id}.astromodel")
        assert read == dataclasses.replace(card, folder=None)


def packed(tmp_path: Path, **entries: bytes | None) -> Path:
    """A shared file with some of its entries changed (None: left out), the manifest fitting."""
    made = make(tmp_path / "packed" / "m")
    assert made.folder
    parts = {
        "card": (made.folder / "card.json").read_bytes(),
        "weights": (made.folder / "model.safetensors").read_bytes(),
        **entries,
    }
    told = {"format": 1}
    for key, name in (("card", "card.json"), ("weights", "model.safetensors")):
        told[name] = hashlib.sha256(parts[key] or b"").hexdigest()  # type: ignore[assignment]
    parts.setdefault("manifest", json.dumps(told).encode())
    names = {"card": "card.json", "weights": "model.safetensors", "manifest": "astromodel.json"}
    file = tmp_path / "odd.astromodel"
    with zipfile.ZipFile(file, "w") as archive:
        for key, content in parts.items():
            if content is not None:
                archive.writestr(names.get(key, key), content)
    return file


def changed_card(tmp_path: Path, **values: object) -> bytes:
    card = json.loads((make(tmp_path / "c").folder / "card.json").read_text())  # type: ignore[operator]
    return json.dumps({**card, **values}).encode()


def refused(file: Path, own: UserShelf) -> ModelRejected:
    with pytest.raises(ModelRejected) as told:
        model_package.bring_in(file, own)
    assert told.value.hint
    assert [c.id for c in own.everything.cards()] == ["base"]
    assert not left_over(own)
    return told.value


@pytest.mark.parametrize(
    "values",
    [
        {"id": "../../evil"}, {"id": ""}, {"id": "CON"}, {"id": 3}, {"name": "x" * 300},
        {"name": "a\u0000b"}, {"task": "mine-bitcoin"}, {"hyper": {"width": 10**9}},
        {"hyper": [1]}, {"hyper": {"width": [1] * 99}}, {"hyper": {"w": None}}, {"sha256": "ab"},
        {"tiling": {"size": 10**9, "halo": 0, "multiple_of": 1}}, {"scale": 0}, {"scale": "2"},
        {"folder": "/etc"}, {"surprise": 1}, {"palettes": [{"name": "x", "code": []}]},
        {"origin": {"parent": "base"}}, {"origin": {"parent": "base", "sha256": "../x"}},
        {"adapter": {"rank": 4, "scale": 1.0}}, {"metrics": []}, {"task": "colorize"},
        {"limits_of_use": [1]}, {"illustrative": "no"},
    ],
)  # fmt: skip
def test_odd_cards_are_refused(own: UserShelf, tmp_path: Path, values: dict[str, object]):
    refused(packed(tmp_path, card=changed_card(tmp_path, **values)), own)


@pytest.mark.parametrize(
    "entries",
    [
        {"weights": b"no weights"}, {"weights": b""}, {"weights": None}, {"card": None},
        {"card": b"[]"}, {"card": b'{"id": NaN}'}, {"manifest": None}, {"manifest": b"{}"},
        {"manifest": b'{"format": 2}'}, {"manifest": b"\xff"}, {"../../evil": b"x"},
        {"/etc/passwd": b"x"}, {"code.py": b"import os"}, {"manifest": b" " * 70000},
    ],
)  # fmt: skip
def test_odd_files_are_refused(own: UserShelf, tmp_path: Path, entries: dict[str, bytes | None]):
    refused(packed(tmp_path, **entries), own)  # type: ignore[arg-type]
    assert not (tmp_path.parent / "evil").exists()


def test_other_weights_under_a_card_are_refused(own: UserShelf, tmp_path: Path):
    other = make(tmp_path / "other", value=5.0).weights.read_bytes()
    manifest = {"format": 1, "model.safetensors": make(tmp_path / "o2").sha256}
    card = (tmp_path / "o2" / "card.json").read_bytes()
    manifest["card.json"] = hashlib.sha256(card).hexdigest()
    file = packed(tmp_path, card=card, weights=other, manifest=json.dumps(manifest).encode())
    assert "checksum" in refused(file, own).hint


def test_compressed_files_are_refused(own: UserShelf, tmp_path: Path):
    made = model_package.share(make(tmp_path / "m"), tmp_path / "good")
    with (
        zipfile.ZipFile(made) as good,
        zipfile.ZipFile(tmp_path / "z.astromodel", "w", zipfile.ZIP_DEFLATED) as odd,
    ):
        for name in good.namelist():
            odd.writestr(name, good.read(name))
    assert "compressed" in refused(tmp_path / "z.astromodel", own).message


@pytest.mark.parametrize("name", ["x.pth", "x.pkl", "x.safetensors", "x.txt", "missing.astromodel"])
def test_files_of_other_kinds_are_refused(own: UserShelf, tmp_path: Path, name: str):
    if not name.startswith("missing"):
        (tmp_path / name).write_bytes(b"\x80\x04.")
    assert name in refused(tmp_path / name, own).message


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_was_not_damaged(data: st.DataObject):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = make(folder / "m")
        content = bytearray(model_package.share(made, folder / "x").read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content = content[:place]
        else:
            content[place] ^= 1 << data.draw(st.integers(0, 7))
        file = folder / "y.astromodel"
        file.write_bytes(content)
        mine = UserShelf(folder / "mine", folder / "trash", ModelShelf((folder / "mine",)))
        with suppress(ModelRejected):  # what else could be raised is a fault
            card = model_package.bring_in(file, mine)  # a date, or what else nothing depends on
            assert sha256_of(card.weights) == made.sha256


def test_a_damaged_file_is_refused_also_where_the_shelf_has_the_model(
    own: UserShelf, tmp_path: Path
):
    made = make(tmp_path / "m")
    file = model_package.share(made, tmp_path / "x")
    model_package.bring_in(file, own)
    content = bytearray(file.read_bytes())
    content[content.index(made.weights.read_bytes()[-16:]) + 3] ^= 1
    file.write_bytes(content)
    with pytest.raises(ModelRejected):
        model_package.bring_in(file, own)


# ---------------------------------------------------------------- headers


def tensor_file(header: object, values: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + values


F16 = {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00" * 8, struct.pack("<Q", 2**60) + b"{}", struct.pack("<Q", 3) + b"{]}",
        tensor_file([]), tensor_file({"w": F16}), tensor_file({"w": F16}, b"12345"),
        tensor_file({"w": {**F16, "dtype": "I8"}}, b"1234"), tensor_file({"w": 3}),
        tensor_file({"w": {**F16, "shape": [-1]}}, b"1234"),
        tensor_file({"w": {**F16, "shape": [True, 2]}}, b"1234"),
        tensor_file({"w": {**F16, "shape": [1] * 9}}, b"1234"),
        tensor_file({"w": {**F16, "data_offsets": [4, 8]}}, b"12345678"),
        tensor_file({"w": F16, "v": F16}, b"1234"),
        tensor_file({"__metadata__": 3, "w": F16}, b"1234"),
        b"[" * 100000,
    ],
)  # fmt: skip
def test_odd_headers_are_refused(tmp_path: Path, content: bytes):
    (tmp_path / "w").write_bytes(content)
    with pytest.raises(ModelRejected, match="holds no weights"):
        safetensors_header.read_header(tmp_path / "w")


def test_headers_are_read_as_they_were_written(tmp_path: Path):
    arrays = {"a": np.zeros((2, 3), np.float16), "b": np.zeros((), np.float32)}
    save_file(arrays, tmp_path / "w", {"parent_sha256": "ab"})
    found = safetensors_header.read_header(tmp_path / "w")
    assert found.shapes == {"a": (2, 3), "b": ()}
    assert found.metadata == {"parent_sha256": "ab"}


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("kind", [np.float16, np.float32])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, value: float, kind: type) -> None:
    file = tmp_path / "w.safetensors"
    weights = np.linspace(-6e4, 6e4, 12, dtype=kind)
    save_file({"a": np.ones(3, np.float32), "w": weights}, file)
    safetensors_header.check_values(file)
    weights[7] = value
    save_file({"a": np.ones(3, np.float32), "w": weights}, file)
    safetensors_header.read_header(file)
    with pytest.raises(ModelRejected, match="not all values of w are numbers"):
        safetensors_header.check_values(file)


def test_a_model_of_broken_weights_is_not_put_on_the_shelf(own: UserShelf, tmp_path: Path):
    broken = make(tmp_path / "broken", value=np.nan)
    assert broken.folder
    before = len(own.everything.cards())
    with pytest.raises(ModelRejected, match="numbers"):
        own.adopt(broken.folder)
    assert len(own.everything.cards()) == before
    assert not left_over(own)
