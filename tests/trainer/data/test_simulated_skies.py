"""Simulated skies in a super-resolver's training: noisy, stretched, their flux kept."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from astroview.core.colour.stretch import Stretch
from astroview.core.models.model_card import default_shelf
from astroview.engine.networks import weights
from astroview.engine.networks.curves import Curve
from astroview.engine.networks.superres import Compact
from trainer.config import Recipe, recipe_from
from trainer.data import exposures, simulated_skies
from trainer.data.pictures import Picture
from trainer.evaluation import sky_scores, superres_rivals
from trainer.tasks.superres_task import SuperResTask

SCALE = 2


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds one scene: Gaussian stars on nothing, so that no simulation is waited for."""
    y, x = np.mgrid[: simulated_skies.SIDE, : simulated_skies.SIDE]
    scene = 1e5 * np.exp(-((y % 48 - 24) ** 2 + (x % 48 - 24) ** 2) / 8)
    folder = tmp_path_factory.mktemp("cache")
    kept = folder / f"skies-{simulated_skies.VERSION}-{simulated_skies.SIDE}.npz"
    np.savez(kept, **{"20000": scene.astype("f4")})
    return folder


@pytest.fixture(scope="module")
def found(cache: Path) -> list[simulated_skies.Sky]:
    """Exposures of that scene."""
    return simulated_skies.skies(1, SCALE, cache=cache)


def recipe(share: float, **data: object) -> Recipe:
    values = {
        "task": "superres",
        "architecture": "compact",
        "hyper": {"scale": SCALE, "width": 4, "depth": 1},
        "run": {"batch": 6, "crop": 16},
        "data": {"skies": share, **data},
        "loss": {"denoise": 0.3},
    }
    return recipe_from(values)


def task(
    blobs: Callable[..., np.ndarray], share: float, found: list[simulated_skies.Sky]
) -> SuperResTask:
    pictures = [Picture(f"p{i}", blobs(i), f"t{i}") for i in range(3)]
    made = SuperResTask(recipe(0.0), pictures, pictures)
    made.recipe, made.skies = recipe(share), found
    return made


def test_a_curve_is_the_engines_stretch_and_its_inverse():
    stretch = Stretch("asinh", -5.0, 900.0, 0.03)
    x = torch.linspace(-50, 2000, 64).view(1, 1, 8, 8)
    for curve in (Curve.each(simulated_skies.curve_of(stretch)[None]), Curve.of(stretch)):
        u = curve.forward(x)
        assert u.numpy() == pytest.approx(stretch.forward(x.numpy()), abs=1e-5)
        assert torch.allclose(curve.inverse(u), x, rtol=1e-4, atol=1e-2)
    with pytest.raises(ValueError, match="asinh"):
        simulated_skies.curve_of(Stretch("log"))


def test_crops_hold_the_truth_and_its_noise(found: list[simulated_skies.Sky]):
    assert len(found) == simulated_skies.DEPTHS
    quiet = max(found, key=lambda sky: float(sky.electrons.max()))
    crop = simulated_skies.draw(
        [quiet], 64, SCALE, np.random.default_rng(1), torch.Generator().manual_seed(1)
    )
    assert crop.x.shape == (1, 32, 32)
    assert crop.y.shape == (1, 64, 64)
    curve = Curve.each(crop.curve[None])
    seen, truth = (curve.inverse(a[None]) for a in (crop.x, crop.y))
    expected = torch.nn.functional.avg_pool2d(truth, SCALE)
    noise = (expected.clamp_min(0) + simulated_skies.SKY * SCALE**2 + quiet.read**2).sqrt()
    pull = (seen - expected) / noise
    assert abs(float(pull.mean())) < 0.15
    assert 0.85 < float(pull.std()) < 1.15


def test_damage_leaves_no_finer_truth(
    found: list[simulated_skies.Sky], monkeypatch: pytest.MonkeyPatch
):
    for name in ("STRUCK", "SATURATED", "SLOPED"):
        monkeypatch.setattr(simulated_skies, name, 1.0)
    quiet = max(found, key=lambda sky: float(sky.electrons.max()))
    truth = torch.from_numpy(quiet.electrons[:64, :64]).view(1, 1, 64, 64) * SCALE**2
    seen = torch.nn.functional.avg_pool2d(truth, SCALE)  # without noise: what differs is damage
    harmed, fine = simulated_skies.damaged(
        seen, truth, np.random.default_rng(3), torch.Generator().manual_seed(3)
    )
    boxes = torch.nn.functional.avg_pool2d(fine, SCALE)
    assert torch.allclose(boxes, harmed, rtol=1e-4, atol=0.05 * float(seen.std()))
    cells = fine.view(1, 1, 32, 2, 32, 2)
    corners = cells.amax((3, 5)) - cells.amin((3, 5))
    hurt = (harmed - seen).abs() > 4 * float(seen.std())  # no gradient does that
    assert 0 < int(hurt.sum()) < 200
    assert (corners[hurt] == 0).all()
    assert harmed.max() < seen.max()  # the full well ends the star


def test_an_unharmed_crop_is_what_it_was(monkeypatch: pytest.MonkeyPatch):
    for name in ("STRUCK", "SATURATED", "SLOPED"):
        monkeypatch.setattr(simulated_skies, name, 0.0)
    seen, truth = torch.rand(1, 1, 8, 8), torch.rand(1, 1, 16, 16)
    made = simulated_skies.damaged(seen, truth, np.random.default_rng(0), torch.Generator())
    assert torch.equal(made[0], seen)
    assert torch.equal(made[1], truth)


def test_signal_to_noise_is_as_asked():
    factor = simulated_skies._depth(50.0, 20.0, 425.0)
    assert factor * 50 / np.sqrt(factor * 50 + 425) == pytest.approx(20)


def width(electrons: np.ndarray) -> float:
    """FWHM of the star at the middle of the first cell, by what its peak holds of its light."""
    cell = electrons[:48, :48].astype(float)
    return float(np.sqrt(cell.sum() / cell.max() * 4 * np.log(2) / np.pi))


def test_air_makes_stars_as_wide_as_it_is(cache: Path, found: list[simulated_skies.Sky]):
    sharp = [width(sky.electrons) for sky in found]
    assert sharp == pytest.approx([2 * 2.3548] * 3, rel=0.02)
    seen = [width(s.electrons) for s in simulated_skies.skies(1, SCALE, cache=cache, blurred=1.0)]
    least, most = (np.hypot(sharp[0], SCALE * fwhm) for fwhm in simulated_skies.SEEING)
    assert all(least < wide < most * 1.2 for wide in seen)  # Moffat's wings
    assert len({round(wide, 3) for wide in seen}) == 3
    some = simulated_skies.skies(1, SCALE, cache=cache, blurred=0.0)
    assert all((a.electrons == b.electrons).all() for a, b in zip(some, found, strict=True))


def test_a_batch_without_skies_is_what_it_was(
    blobs: Callable[..., np.ndarray], found: list[simulated_skies.Sky]
):
    plain, mixed = task(blobs, 0.0, []).batch(3, 6), task(blobs, 0.5, found).batch(3, 6)
    assert plain.keys() == {"x", "sigma", "y", "box"}
    sky = mixed["curve"][:, 0].isfinite()
    assert 0 < int(sky.sum()) < 6
    assert torch.equal(plain["x"][~sky], mixed["x"][~sky])
    again = task(blobs, 0.5, found).batch(3, 6)
    assert torch.equal(mixed["x"], again["x"])


def test_skies_are_judged_as_the_engine_would_show_them(
    blobs: Callable[..., np.ndarray], found: list[simulated_skies.Sky]
):
    mixed = task(blobs, 1.0, found)
    batch = mixed.batch(0, 4)
    torch.manual_seed(0)
    network = mixed.network()
    torch.nn.init.normal_(network.tail.weight, std=0.05)  # type: ignore[union-attr,arg-type]
    answer = mixed.answer(network, batch)
    curve = Curve.each(batch["curve"])
    boxes = torch.nn.functional.avg_pool2d(curve.inverse(answer.fake.detach()), SCALE)
    assert torch.allclose(boxes, curve.inverse(batch["x"]), 1e-3, 0.5)
    assert {"charbonnier", "denoise"} == answer.terms.keys()
    torch.stack(list(answer.terms.values())).sum().backward()
    assert all(p.grad is not None and p.grad.isfinite().all() for p in network.parameters())


def test_a_network_follows_its_teacher_on_pictures_and_on_skies(
    blobs: Callable[..., np.ndarray], found: list[simulated_skies.Sky]
):
    mixed = task(blobs, 0.5, found)
    loss = dataclasses.replace(mixed.recipe.loss, teacher=2.0)
    mixed.recipe = dataclasses.replace(mixed.recipe, loss=loss)
    batch = mixed.batch(0, 6)
    student, teacher = mixed.network(), mixed.network()
    assert "teacher" not in mixed.answer(student, batch).terms  # nobody teaches
    torch.nn.init.normal_(teacher.tail.weight, std=0.05)  # type: ignore[union-attr,arg-type]
    mixed.teacher = teacher
    itself = mixed.answer(teacher, batch).terms["teacher"]
    before = mixed.answer(student, batch).terms["teacher"]
    assert itself < 0.01 < before
    optimizer = torch.optim.Adam(student.parameters(), 2e-3)
    for _ in range(30):
        optimizer.zero_grad()
        mixed.answer(student, batch).terms["teacher"].backward()
        optimizer.step()
    assert mixed.answer(student, batch).terms["teacher"] < 0.7 * before
    assert all(p.grad is None for p in teacher.parameters())


def test_a_damaged_cache_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / f"skies-{simulated_skies.VERSION}-{simulated_skies.SIDE}.npz"
    path.write_bytes(b"no archive")
    monkeypatch.setattr(simulated_skies, "random_scene", _Flat)
    one = simulated_skies.scenes([5, 6], cache=tmp_path)
    assert set(one) == {5, 6}
    assert np.array_equal(np.load(path)["6"], one[6])


class _Flat:
    def __init__(self, seed: int, height: int, width: int) -> None:
        self.electrons = np.full((height, width, 3), seed, np.float32)


def test_the_score_tells_both_ways_beside_bicubic(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(simulated_skies, "SCORED", range(8001, 8002))
    made = simulated_skies.score(Compact(2, 4, 1).eval(), 2, side=24)
    assert made.keys() == {"sky_psnr", "sky_psnr_denoised", "sky_psnr_bicubic"}


def test_the_score_on_a_card_is_that_of_an_evaluation(monkeypatch: pytest.MonkeyPatch):
    """One protocol: what cards say of skies differs from the pages' tables in the scenes alone."""
    (exposure,) = exposures.simulated(range(8000, 8001), 2, 64)
    monkeypatch.setattr(exposures, "simulated", lambda *_: [exposure])  # made once for both
    card = default_shelf().card("superres-x2")
    made = simulated_skies.score(weights.load(card, torch.device("cpu")), 2, side=32)
    named = {
        "sky_psnr": superres_rivals.Network(card),
        "sky_psnr_denoised": superres_rivals.Network(card, "denoise"),
        "sky_psnr_bicubic": superres_rivals.Bicubic(),
    }
    for name, who in named.items():  # noise is left out by its surroundings: at edges not the same
        near = 0.5 if name.endswith("denoised") else 0.05
        assert made[name] == pytest.approx(sky_scores.score(who, exposure)["psnr"], abs=near)
