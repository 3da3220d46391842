"""Super-resolvers of others: recognised by their weights, bounded, flux-exact, and named for what
they are.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

import astroview
from astroview.__main__ import main
from astroview.core import extras
from astroview.core.errors import AstroviewError, ModelRejected
from astroview.core.models.shelf import UserShelf, user_shelf
from astroview.core.provenance import has_painted_texture
from astroview.engine.networks import community

spandrel = pytest.importorskip("spandrel", reason="the extra “community” is not installed")


def weights(scale: int = 2, out: int = 3) -> dict[str, torch.Tensor]:
    """A tiny network of Real-ESRGAN's compact kind (SRVGGNet), untrained: what it makes is wild."""
    from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact

    torch.manual_seed(3)
    made = SRVGGNetCompact(num_in_ch=3, num_out_ch=out, num_feat=8, num_conv=2, upscale=scale)
    return {name: 3 * value for name, value in made.state_dict().items()}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UserShelf:
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tmp_path / "data"))
    return user_shelf()


@pytest.mark.parametrize("kind", ["pth", "wrapped", "safetensors"])
def test_a_model_of_others_runs_within_bounds_and_keeps_the_flux(
    shelf: UserShelf, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"wild one.{'safetensors' if kind == 'safetensors' else 'pth'}"
    if kind == "safetensors":
        save_file(weights(), file)
    else:
        torch.save({"params_ema": weights()} if kind == "wrapped" else weights(), file)
    assert main(["models", "import", str(file)]) == 0
    said = capsys.readouterr().out
    assert "community-wild-one: wild one ×2 (illustrative)" in said
    assert "is not known here" in said
    card = shelf.own("community-wild-one")
    assert (card.illustrative, card.scale, card.licence) == (True, 2, "unknown")
    assert shelf.everything.choose("auto", "superres").id != card.id

    counts = np.random.default_rng(1).poisson(300, (48, 56)).astype(np.float32)
    counts[20, 30] += 4000
    made = astroview.enhance(counts, colorize=False, scale=card.id, worker=False, uncertainty=False)
    assert has_painted_texture(made.frame)
    boxes = made.samples.reshape(48, 2, 56, 2)
    assert np.allclose(boxes.mean((1, 3)), counts, rtol=1e-4)
    around = np.stack([
        np.pad(counts, 1, mode="edge")[y : y + 48, x : x + 56] for y in range(3) for x in range(3)
    ])  # fmt: skip
    low, high = around.min(0), around.max(0)
    room = 1.5 * (high - low) + 6 * np.sqrt(counts)  # the range around, and some sigma
    assert (boxes.max((1, 3)) <= high + room).all()
    assert (boxes.min((1, 3)) >= low - room).all()


class Program:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/astroview-was-here",)


def repeated(held: dict[str, torch.Tensor]) -> None:
    held["body.0.weight"] = torch.zeros(1).expand(2**16, 2**16, 3, 3)


def deep(held: dict[str, torch.Tensor]) -> None:
    held["body.3000000000.weight"] = torch.zeros(1)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [(repeated, "weights take 155 GB"), (deep, "asks for 3,000,000,000 layers")],
)
def test_few_bytes_that_stand_for_many_are_refused_before_they_are(
    shelf: UserShelf, tmp_path: Path, spoil: Callable[[dict[str, torch.Tensor]], None], why: str
) -> None:
    spoil(held := weights())
    torch.save(held, tmp_path / "model.pth")
    assert (tmp_path / "model.pth").stat().st_size < 100_000
    with pytest.raises(ModelRejected, match=why):
        community.bring_in(tmp_path / "model.pth", shelf)


@pytest.mark.parametrize("what", ["program", "torn", "empty", "nothing", "other", "text"])
def test_what_is_no_super_resolver_is_refused(shelf: UserShelf, tmp_path: Path, what: str) -> None:
    file = tmp_path / "model.pth"
    match what:
        case "program":
            file.write_bytes(pickle.dumps({"params": Program()}))
        case "torn":
            torch.save(weights(), file)
            file.write_bytes(file.read_bytes()[:-200])
        case "empty":
            torch.save({}, file)
        case "other":
            torch.save({"layer.weight": torch.zeros(3, 3)}, file)
        case "text":
            file = file.with_suffix(".safetensors")
            file.write_text("no weights")
    with pytest.raises(ModelRejected, match=f"{file.name} cannot be imported"):
        community.bring_in(file, shelf)
    assert not any(c.architecture == "spandrel" for c in shelf.everything.cards())


def test_without_the_extra_it_is_one_sentence(
    shelf: UserShelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    torch.save(weights(), tmp_path / "model.pth")
    with pytest.raises(AstroviewError, match="models that others trained") as told:
        community.bring_in(tmp_path / "model.pth", shelf)
    assert "[community]" in told.value.hint
