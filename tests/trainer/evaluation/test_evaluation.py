"""The evaluation's parts on cases with known answers, and whole runs on tiny models."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from astroview.core.errors import DatasetProblem, ModelRejected
from astroview.core.frame import Frame
from astroview.core.models.model_card import ModelCard, ModelShelf, Palette, Tiling
from astroview.engine.networks import weights
from astroview.engine.networks.colorizer import Colorizer
from astroview.engine.networks.superres import Compact
from astroview.engine.pipeline import trust
from trainer import jobs, metrics
from trainer.config import recipe_from
from trainer.data import exposures
from trainer.evaluation import colour_scores, perceptual_distance, sky_scores
from trainer.evaluation.adaptive_moments import shape_of
from trainer.evaluation.evaluation_run import Request, evaluate
from trainer.evaluation.resume_log import ResumeLog
from trainer.evaluation.superres_rivals import Bicubic, Restored

# Sharma, Wu & Dalal (2005), table 1: two colours and their CIEDE2000.
SHARMA = [
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "known"), SHARMA)
def test_ciede2000_is_that_of_its_authors(one: tuple, other: tuple, known: float):
    pair = [torch.tensor(c, dtype=torch.float64).view(1, 3, 1) for c in (one, other)]
    assert float(metrics.ciede2000(*pair)) == pytest.approx(known, abs=1e-4)


def test_colour_scores_of_simple_pictures():
    rgb = torch.zeros(1, 3, 16, 16)
    rgb[:, 0], rgb[:, :, 8:] = 0.8, 0.5  # a red half and a grey one
    assert metrics.lightness_error(rgb, rgb) == 0
    row = colour_scores.compared(rgb, rgb)
    assert row["dab"] == row["ciede2000"] == row["coloured_error"] == 0
    grey = rgb.mean(1, keepdim=True).expand(-1, 3, -1, -1)
    wrong = colour_scores.compared(grey, rgb)
    assert wrong["coloured_error"] == pytest.approx(2 * wrong["dab"], rel=0.02)  # the red half
    assert wrong["lightness"] > 1


def test_adaptive_moments_of_a_tilted_gaussian():
    y, x = np.mgrid[:61, :61]
    u, v = (x - 31.3) * 0.8 + (y - 29.6) * 0.6, (y - 29.6) * 0.8 - (x - 31.3) * 0.6
    star = 100 * np.exp(-(u**2) / (2 * 3.0**2) - v**2 / (2 * 2.4**2)) + 7
    shape = shape_of(star.astype(np.float32), 30, 31, 2.0)
    assert shape is not None
    assert (shape.y, shape.x) == pytest.approx((29.6, 31.3), abs=0.01)
    assert shape.fwhm == pytest.approx(2.3548 * math.sqrt(3.0 * 2.4), rel=0.01)
    assert shape.ellipticity == pytest.approx(0.2, abs=0.01)
    assert shape_of(star.astype(np.float32), 2, 31, 2.0) is None  # too near to the edge
    assert shape_of(np.zeros((61, 61), np.float32), 30, 31, 2.0) is None


def test_the_frechet_distance_of_gaussians():
    rng = np.random.default_rng(1)
    one = rng.normal(0, 1, (4000, 3))
    other = rng.normal((3, 0, 0), 2, (4000, 3))
    assert perceptual_distance.frechet(one, one) == pytest.approx(0, abs=1e-6)
    assert perceptual_distance.frechet(one, other) == pytest.approx(9 + 3 * (2 - 1) ** 2, rel=0.05)


# ---------------------------------------------------------------- skies


class Oracle:
    """Knows the truth, and can be told to lie."""

    key = "oracle"

    def __init__(self, truth: np.ndarray, name: str = "oracle") -> None:
        self.truth, self.name = truth, name

    def restore(self, frame: Frame, scale: int) -> Restored:
        assert (frame.shape[0] * scale, frame.shape[1] * scale) == self.truth.shape
        return Restored(self.truth, np.full(self.truth.shape, 1.0, np.float32), 0.1)


@pytest.fixture(scope="module")
def exposure() -> exposures.Exposure:
    """Forty stars, well apart, of 2,000 to 200,000 electrons."""
    rng = np.random.default_rng(8)
    y, x = np.mgrid[:256, :256]
    electrons = np.zeros((256, 256))
    for i in range(40):
        cy, cx = 24 + 40 * (i // 7), 12 + 36 * (i % 7) + rng.uniform(-2, 2)
        flux = 2000 * 10 ** (2 * rng.random())
        electrons += flux * np.exp(-((y - cy) ** 2 + (x - cx) ** 2) / 8) / (8 * np.pi)
    return exposures.expose("stars", electrons.astype(np.float32), 2, 3, simulated=True)


def test_exposures_are_consistent(exposure: exposures.Exposure):
    means = trust.box_means(exposure.truth, 2)
    pull = (exposure.seen - means) / exposure.noise
    assert pull.mean() == pytest.approx(0, abs=0.03)
    assert pull.std() == pytest.approx(1, abs=0.03)
    assert exposure.scale == 2


def test_who_knows_the_truth_has_no_errors(exposure: exposures.Exposure):
    row = sky_scores.score(Oracle(exposure.truth), exposure)
    assert row["true"] == row["found"] >= row["sure"] == row["recovered"] > 25
    assert row["error_sigma"] == 0
    assert row["coverage"] == 1
    sources = row["sources"]
    assert len(sources) > 20
    assert all(s[1] == 0 for s in sources)
    assert any(len(s) == 5 and s[2:] == [0, 1, 0] for s in sources)


def test_lies_are_found_out(exposure: exposures.Exposure):
    y, x = np.mgrid[:256, :256]
    false = sum(3000 * np.exp(-((y - 44 - 40 * i) ** 2 + (x - 30) ** 2) / 8) for i in range(5))
    dimmed = (exposure.truth * 0.8 + false).astype(np.float32)
    row = sky_scores.score(Oracle(dimmed), exposure)
    assert row["found"] - row["true"] == 5
    errors = [s[1] for s in row["sources"] if s[0] > 100]
    assert np.median(errors) == pytest.approx(-0.2, abs=0.01)


def test_interpolation_invents_nothing_in_the_dark():
    dark = exposures.noise_only(2, 128, count=5)
    assert len({exposure.name for exposure in dark}) == 5
    for exposure in dark:
        assert not np.array_equal(exposure.seen, dark[0].seen) or exposure is dark[0]
        assert exposure.seen.std() == pytest.approx(exposure.noise.mean(), rel=0.02)
        row = sky_scores.score(Bicubic(), exposure)
        assert row["found"] == row["invented"] == 0


def test_a_false_source_is_told_from_a_peak_of_the_noise():
    (dark,) = exposures.noise_only(2, 128, count=1)
    y, x = np.mgrid[:256, :256]
    star = 3000 * np.exp(-((y - 80) ** 2 + (x - 60) ** 2) / 8).astype(np.float32)
    row = sky_scores.score(Oracle(star), dark)  # the frame has nothing there
    assert (row["found"], row["invented"]) == (1, 1)
    seen = dark.seen + star.reshape(128, 2, 128, 2).mean((1, 3))
    row = sky_scores.score(Oracle(star), replace(dark, seen=seen))
    assert (row["found"], row["invented"]) == (1, 0)


# ---------------------------------------------------------------- whole runs


@pytest.fixture(scope="module")
def data(picture_folder: Callable[[int, int], Path]) -> Path:
    return picture_folder(14, 80)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> ModelShelf:
    torch.manual_seed(2)
    folder = tmp_path_factory.mktemp("shelf")
    hyper = {"scale": 2, "width": 4, "depth": 1}
    sharp = ModelCard("tiny-sr", "Tiny", "superres", "compact", hyper, Tiling(512, 24), "", 2)
    weights.store(sharp, Compact(2, 4, 1), folder / "tiny-sr")
    palettes = tuple(Palette(f"p{i}", tuple(np.linspace(-0.3, 0.3 * i, 24))) for i in range(3))
    colours = ModelCard("tiny-colour", "Tiny", "colorize", "palette-unet",
                        {"widths": [4, 6, 8], "middle": 1, "palettes": 3}, Tiling(1536, 224, 16),
                        "", palettes=palettes)  # fmt: skip
    network = Colorizer((4, 6, 8), 1, 3)
    torch.nn.init.normal_(network.out.weight, std=0.02)
    weights.store(colours, network, folder / "tiny-colour")
    both = {**hyper, **colours.hyper, "detail": 4}
    card = replace(colours, id="tiny-both", task="combined", architecture="combined", hyper=both,
                   scale=2)  # fmt: skip
    weights.store(card, weights.build("combined", both), folder / "tiny-both")
    return ModelShelf((folder,))


def nothing(_: str) -> None:
    """No progress is shown."""


def test_super_resolution_is_scored_beside_rivals_and_resumes(
    data: Path, shelf: ModelShelf, tmp_path: Path
):
    rivals = ("bicubic", "tiny-sr:best", "tiny-sr:denoise")
    request = Request("sr", "tiny-sr", rivals, pictures=1, sky_side=48, dark_side=64)
    made = evaluate(request, data, tmp_path, shelf, nothing)
    shown = made["means"]["display, all"]
    # An untrained network adds nothing to bicubic; the engine then keeps the flux.
    assert shown["tiny-sr"]["psnr"] == pytest.approx(shown["bicubic"]["psnr"], abs=1.5)
    assert shown["tiny-sr, best"]["psnr"] == pytest.approx(shown["tiny-sr"]["psnr"], abs=1e-3)
    seen = made["means"]["sky, simulated"]
    assert seen["tiny-sr"]["residual_sigma"] < 1e-3 < seen["bicubic"]["residual_sigma"]
    assert 0.1 < seen["tiny-sr, denoise"]["residual_sigma"] < 3.1  # of Wiener's share at most
    air = made["means"]["sky, through air"]
    assert air["tiny-sr"]["residual_sigma"] < 1e-3
    assert made["means"]["sky, noise only"]["bicubic"]["false_per_mpix"] == 0
    written = json.loads((tmp_path / "sr-tiny-sr.json").read_text())
    assert written["means"] == made["means"]
    assert (tmp_path / "sr-tiny-sr.jpg").is_file()
    before = (tmp_path / "rows.jsonl").read_bytes()
    again = evaluate(request, data, tmp_path, shelf, nothing)
    assert again["means"] == made["means"]
    assert (tmp_path / "rows.jsonl").read_bytes() == before


def test_air_leaves_the_light_and_takes_what_is_steep():
    seeds, steep = range(9100, 9103), {}
    for made in (exposures.simulated, exposures.through_air):
        found = list(made(seeds, 2, 96))
        steep[found[0].part] = [float(np.abs(np.diff(e.truth)).max()) for e in found]
        steep[f"{found[0].part}, light"] = [float(e.truth.sum()) for e in found]
    assert (np.array(steep["through air"]) < 0.6 * np.array(steep["simulated"])).all()
    assert steep["through air, light"] == pytest.approx(steep["simulated, light"], rel=0.2)


def test_colour_is_scored_beside_neutral_with_and_without_hints(
    data: Path, shelf: ModelShelf, tmp_path: Path
):
    made = evaluate(Request("colour", "tiny-colour", pictures=2), data, tmp_path, shelf, nothing)
    pictures = made["means"]["pictures"]
    assert pictures["neutral"]["colourfulness"] == pytest.approx(0, abs=0.1)
    assert all(row["lightness"] < 1 for row in pictures.values())
    best, auto = (pictures[f"tiny-colour, {n}"]["dab"] for n in ("best of 5", "automatic palette"))
    assert best <= auto
    hints = made["means"]["hints"]
    assert hints["10 hints"]["dab"] < hints["0 hints"]["dab"]


def test_one_network_is_scored_beside_two_in_a_row(data: Path, shelf: ModelShelf, tmp_path: Path):
    request = Request("combined", "tiny-both", ("tiny-sr+tiny-colour",), pictures=1)
    made = evaluate(request, data, tmp_path, shelf, nothing)["means"]["combined"]
    assert set(made) == {"tiny-sr+tiny-colour", "tiny-sr+tiny-colour, truth's palette",
                         "tiny-both", "tiny-both, truth's palette", "bicubic, neutral"}  # fmt: skip
    assert made["tiny-both"]["lightness"] > 0
    with Image.open(tmp_path / "combined-tiny-both.jpg") as sheet:
        assert sheet.width > 1000


@pytest.mark.warns
def test_baselines_and_critics_of_runs_take_part(data: Path, shelf: ModelShelf, tmp_path: Path):
    recipe = recipe_from({
        "task": "plain-colour", "architecture": "pix2pix-unet",
        "hyper": {"width": 4, "palettes": 3},
        "run": {"steps": 2, "batch": 2, "crop": 32, "checkpoint_every": 2, "validate_every": 9},
        "critic": {"kind": "patch", "width": 4}, "loss": {"adversarial": 0.01},
        "card": {"id": "tiny-pix2pix"},
    })  # fmt: skip
    run = tmp_path / "run"
    jobs.fit(recipe, data, run, "cpu", lambda *_: None)
    request = Request(
        "colour", "tiny-colour", (str(run), "neutral"), pictures=1, perceptual=True, critic=run
    )
    made = evaluate(request, data, tmp_path / "out", shelf, nothing)["means"]
    assert "pix2pix-unet" in made["pictures"]
    assert made["perceptual"].keys() == made["pictures"].keys()
    assert all(row["frechet"] > 0 for row in made["perceptual"].values())
    eye = perceptual_distance.CriticEye(run)
    pictures = [torch.rand(1, 3, 64, 64) for _ in range(3)]
    same = perceptual_distance.distances(eye, [(p, p) for p in pictures])
    assert same["feature_distance"] == 0
    assert same["frechet"] == pytest.approx(0, abs=1e-3)
    assert "critic" in eye.name
    with pytest.raises(DatasetProblem, match="no run"):
        perceptual_distance.CriticEye(data)


@pytest.mark.parametrize(
    ("task", "model"), [("sr", "tiny-colour"), ("sr", "nobody"), ("combined", "tiny-sr")]
)
def test_wrong_models_are_refused(
    data: Path, shelf: ModelShelf, tmp_path: Path, task: str, model: str
):
    with pytest.raises(ModelRejected) as caught:
        evaluate(Request(task, model), data, tmp_path, shelf, nothing)  # type: ignore[arg-type]
    assert caught.value.hint


def test_notes_survive_a_run_that_was_killed(tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    ResumeLog(path).recall("a", lambda: {"psnr": 1.0})
    with path.open("a") as file:
        file.write('{"key": "1 b", "row": {"ps')
    notes = ResumeLog(path)
    assert notes.recall("a", lambda: {"psnr": 2.0}) == {"psnr": 1.0}
    assert notes.recall("b", lambda: {"psnr": 3.0}) == {"psnr": 3.0}
