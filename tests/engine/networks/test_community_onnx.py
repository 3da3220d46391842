"""ONNX networks of others: what they take is found by running them; they are bounded, flux-exact,
and reach for nothing beyond their file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from onnx_networks import tiny

import astroview
from astroview.__main__ import main
from astroview.core import extras
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.models import model_package
from astroview.core.models.model_card import ModelCard
from astroview.core.models.shelf import UserShelf, user_shelf
from astroview.core.provenance import has_painted_texture
from astroview.engine.networks import community_onnx, weights
from astroview.engine.networks.community_onnx import bring_in

onnx = pytest.importorskip("onnx", reason="the extra “onnx” is not installed")
pytest.importorskip("onnxruntime", reason="the extra “onnx” is not installed")
pytest.importorskip("onnxscript", reason="the extra “onnx” is not installed")
helper = onnx.helper


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserShelf:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    return user_shelf()


def enlarged(card: ModelCard, height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """A plane, and what the network of a card makes of it."""
    plane = torch.rand(2, 1, height, width, generator=torch.Generator().manual_seed(height))
    network: Any = weights.load(card, torch.device("cpu"))
    made = network(plane, torch.zeros(2))
    assert made.shape == (2, 1, height * card.scale, width * card.scale)
    return plane.numpy(), made.numpy()


@pytest.mark.parametrize("shape", [("n", 3, "h", "w"), (1, 1, None, None), (1, 3, 48, 64)])
def test_it_runs_within_bounds_and_keeps_the_flux(
    shelf: UserShelf, tmp_path: Path, shape: tuple[Any, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "import", str(tiny(tmp_path / "wild one.onnx", shape))]) == 0
    said = capsys.readouterr().out
    assert "community-wild-one: wild one ×2 (illustrative)" in said
    assert "is not known here" in said
    card = shelf.own("community-wild-one")
    assert (card.illustrative, card.scale, card.licence) == (True, 2, "unknown")
    assert shelf.everything.choose("auto", "superres") != card

    counts = np.random.default_rng(1).poisson(300, (80, 96)).astype(np.float32)
    counts[20, 30] += 4000
    made = astroview.enhance(counts, colorize=False, scale=card.id, worker=False, uncertainty=False)
    assert has_painted_texture(made.frame)
    boxes = made.samples.reshape(80, 2, 96, 2)
    assert np.allclose(boxes.mean((1, 3)), counts, rtol=1e-4)
    assert boxes.std((1, 3)).max() > 0  # it did something
    around = np.stack([
        np.pad(counts, 1, mode="edge")[y : y + 80, x : x + 96] for y in range(3) for x in range(3)
    ])  # fmt: skip
    low, high = around.min(0), around.max(0)
    room = 1.5 * (high - low) + 6 * np.sqrt(counts)  # the range around, and some sigma
    assert (boxes.max((1, 3)) <= high + room).all()
    assert (boxes.min((1, 3)) >= low - room).all()


def test_a_fixed_size_answers_as_a_free_one_at_any_size(shelf: UserShelf, tmp_path: Path) -> None:
    free = bring_in(tiny(tmp_path / "free.onnx", ("n", 3, "h", "w"), wild=0), shelf)
    fixed = bring_in(tiny(tmp_path / "fixed.onnx", (1, 3, 40, 32), wild=0), shelf)
    assert (fixed.hyper["height"], fixed.hyper["width"]) == (40, 32)
    for height, width in ((40, 32), (7, 9), (41, 130), (97, 33)):
        plane, made = enlarged(free, height, width)
        assert np.allclose(enlarged(fixed, height, width)[1], made, atol=1e-6)
        assert np.allclose(made, plane.repeat(2, 2).repeat(2, 3), atol=1e-6)


def test_what_it_takes_is_found_by_running_it(shelf: UserShelf, tmp_path: Path) -> None:
    """Sides of a multiple of 8, white at 255, half precision."""
    folded = (
        helper.make_node("SpaceToDepth", ["x"], ["s"], blocksize=8),
        helper.make_node("DepthToSpace", ["s"], ["t"], blocksize=8),
        helper.make_node("Resize", ["t", "", "w4"], ["y"], mode="nearest"),
        helper.make_node("Constant", [], ["w4"], value_floats=[1.0, 1.0, 4.0, 4.0]),
    )
    four = bring_in(tiny(tmp_path / "four.onnx", nodes=(folded[3], *folded[:3])), shelf)
    assert (four.scale, four.hyper["multiple"]) == (4, 8)
    plane, made = enlarged(four, 41, 50)
    assert np.allclose(made, plane.repeat(4, 2).repeat(4, 3), atol=1e-6)

    bright = (
        helper.make_node("Constant", [], ["c"], value_floats=[60.0]),
        helper.make_node("Relu", ["x"], ["r"]),
        helper.make_node("Sub", ["r", "c"], ["d"]),
        helper.make_node("Relu", ["d"], ["e"]),
        helper.make_node("Add", ["e", "c"], ["g"]),
        helper.make_node("Concat", ["g"] * 4, ["k"], axis=1),
        helper.make_node("DepthToSpace", ["k"], ["y"], blocksize=2),
    )
    assert bring_in(tiny(tmp_path / "white.onnx", nodes=bright), shelf).hyper["white"] == 255

    half = bring_in(tiny(tmp_path / "half.onnx", kind=10, wild=0), shelf)
    plane, made = enlarged(half, 33, 40)
    assert np.allclose(made, plane.repeat(2, 2).repeat(2, 3), atol=1e-3)


def test_what_it_may_take_is_what_the_user_says(
    shelf: UserShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASTROVIEW_MAX_BYTES", "9MB")  # a tile of 320 x 320 makes 4.9 MB of x2
    bring_in(tiny(tmp_path / "free.onnx"), shelf)
    with pytest.raises(ModelRejected, match=r"would take 19.7 MB of memory; 9 MB are") as told:
        bring_in(tiny(tmp_path / "four.onnx", scale=4), shelf)
    assert "ASTROVIEW_MAX_BYTES=20MB" in told.value.hint


def test_it_is_stored_whole_and_can_be_given_away(
    shelf: UserShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tiny(tmp_path / "whole.onnx")
    card = bring_in(file, shelf)
    assert weights.state_of(card)["onnx"].numpy().tobytes() == file.read_bytes()
    model_package.share(card, tmp_path / "whole.astromodel")
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "other"))
    given = model_package.bring_in(tmp_path / "whole.astromodel", user_shelf())
    assert np.array_equal(enlarged(given, 40, 40)[1], enlarged(card, 40, 40)[1])


def with_weights_elsewhere(file: Path) -> None:
    onnx.save(
        onnx.load(tiny(file)), file, save_as_external_data=True, location="w", size_threshold=0
    )


def with_a_constant_elsewhere(file: Path) -> None:
    away = helper.make_tensor("k", 1, [1], [0.0])
    away.data_location = away.EXTERNAL
    away.external_data.add(key="location", value="/etc/passwd")
    tiny(file, before=(helper.make_node("Constant", [], ["k"], value=away),))


def with_another_input(file: Path) -> None:
    model = onnx.load(tiny(file))
    model.graph.input.append(helper.make_tensor_value_info("sigma", 1, [1]))
    onnx.save(model, file)


def of_integers(file: Path) -> None:
    model = onnx.load(tiny(file))
    model.graph.input[0].type.tensor_type.elem_type = onnx.TensorProto.UINT8
    onnx.save(model, file)


def huge(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(2**31 + 1)


def listing(name: str, *numbers: int) -> Any:
    """A constant of integers, such as a shape."""
    return helper.make_node("Constant", [], [name], value_ints=numbers)


def with_an_initializer(file: Path, tensor: Any, sparse: bool = False) -> None:
    model = onnx.load(tiny(file))
    getattr(model.graph, "sparse_initializer" if sparse else "initializer").append(tensor)
    onnx.save(model, file)


def with_a_weight_that_is_not_there(file: Path) -> None:
    away = onnx.TensorProto(name="k", data_type=1, dims=[2**33], raw_data=b"1234")
    with_an_initializer(file, away)


def with_a_sparse_weight(file: Path) -> None:
    """One number of a square of a million million."""
    values = helper.make_tensor("k", 1, [1], [1.0])
    where = helper.make_tensor("k_at", 7, [1, 2], [0, 0])
    with_an_initializer(file, helper.make_sparse_tensor(values, where, [10**6, 10**6]), sparse=True)


def within(*nodes: Any) -> tuple[Any, ...]:
    """A branch that is always taken."""
    made = [helper.make_tensor_value_info("b", 1, None)]
    then = helper.make_graph([*nodes, helper.make_node("ReduceMean", ["k"], ["b"])], "t", [], made)
    other = helper.make_graph([helper.make_node("ReduceMean", ["x"], ["b"])], "e", [], made)
    yes = helper.make_node("Constant", [], ["yes"], value=helper.make_tensor("v", 9, [], [True]))
    return yes, helper.make_node("If", ["yes"], ["m"], then_branch=then, else_branch=other)


def by_the_picture(factor: float) -> tuple[Any, ...]:
    """A plane of zeros as long as the mean of the picture says."""
    return (
        helper.make_node("ReduceMean", ["x"], ["r"], keepdims=0),
        helper.make_node("Constant", [], ["by"], value_float=factor),
        helper.make_node("Mul", ["r", "by"], ["q"]),
        helper.make_node("Cast", ["q"], ["i"], to=7),
        listing("one", 1),
        helper.make_node("Reshape", ["i", "one"], ["sides"]),
        helper.make_node("ConstantOfShape", ["sides"], ["k"]),
    )


ZEROS = helper.make_node("ConstantOfShape", ["sides"], ["k"])
CUSTOM = helper.make_node("Run", ["x"], ["k"], domain="elsewhere")
ENDLESS = helper.make_node("Loop", ["", ""], [], body=helper.make_graph([], "inner", [], []))
HIDDEN = helper.make_node("If", ["x"], ["k"], then_branch=helper.make_graph([CUSTOM], "a", [], []))
DICE = (
    helper.make_node("RandomUniformLike", ["x"], ["r"]),
    helper.make_node("Concat", ["r"] * 4, ["k"], axis=1),
    helper.make_node("DepthToSpace", ["k"], ["y"], blocksize=2),
)
HOSTILE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "nothing": (lambda f: None, "no such file"),
    "text": (lambda f: f.write_text("no network"), "no ONNX"),
    "empty": (lambda f: f.write_bytes(b""), "no ONNX"),
    "torn": (lambda f: f.write_bytes(tiny(f).read_bytes()[:-60]), "ONNX"),
    "elsewhere": (with_weights_elsewhere, "in another file"),
    "constant elsewhere": (with_a_constant_elsewhere, "in another file"),
    "custom": (lambda f: tiny(f, before=(CUSTOM,)), "operator Run of “elsewhere”"),
    "hidden": (lambda f: tiny(f, before=(HIDDEN,)), "operator Run of “elsewhere”"),
    "endless": (lambda f: tiny(f, before=(ENDLESS,)), "repeats itself"),
    "channels": (lambda f: tiny(f, ("n", 4, "h", "w")), "shape"),
    "planes": (lambda f: tiny(f, ("n", "h", "w")), "spatial|shape"),
    "small": (lambda f: tiny(f, (1, 3, 8, 8)), "8 x 8 pixels only"),
    "integers": (of_integers, "uint8"),
    "five": (lambda f: tiny(f, scale=5), "x5"),
    "one": (lambda f: tiny(f, scale=1), "x1"),
    "another input": (with_another_input, "2 inputs"),
    "dice": (lambda f: tiny(f, nodes=DICE), "each time"),
    "huge": (huge, "larger than any"),
    # What a few hundred bytes ask of memory, refused before it is loaded or where it asks.
    "weights": (with_a_weight_that_is_not_there, "has 34.4 GB, and holds"),
    "sparse": (with_a_sparse_weight, "would take 4 TB of memory; .* are allowed"),
    "zeros": (
        lambda f: tiny(f, before=(listing("sides", 10**12), ZEROS)),
        "would take 4 TB of memory; .* are allowed",
    ),
    "tiled": (
        lambda f: tiny(
            f,
            before=(
                listing("many", 1, 1, 2000, 2000),
                helper.make_node("Tile", ["x", "many"], ["k"]),
            ),
        ),
        "would take 4.92 TB of memory",
    ),
    "branch": (
        lambda f: tiny(f, before=within(listing("sides", 10**12), ZEROS)),
        "would take 4 TB of memory",
    ),
    "picture": (lambda f: tiny(f, before=by_the_picture(2e12)), "would take .* TB of memory"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_used_is_refused_in_words(
    shelf: UserShelf, tmp_path: Path, what: str
) -> None:
    file, (make, why) = tmp_path / "model.onnx", HOSTILE[what]
    make(file)
    with pytest.raises(ModelRejected, match=f"model.onnx cannot be imported: .*({why})") as told:
        bring_in(file, shelf)
    assert told.value.hint
    assert not any(c.architecture == "onnx" for c in shelf.everything.cards())


def test_without_the_extra_it_is_one_sentence(
    shelf: UserShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", dict[str, object]().get)
    with pytest.raises(AstroviewError, match="running those of others") as told:
        community_onnx.bring_in(tmp_path / "model.onnx", shelf)
    assert "pip install 'astroview-app[onnx]'" in told.value.hint
