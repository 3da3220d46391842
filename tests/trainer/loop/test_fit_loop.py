"""Training for real, on a few small pictures: it learns, it resumes bit for bit, it exports."""

import dataclasses
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import waiting
from PIL import Image
from recipes import RUN, TINY, nothing, recipe

from astroview.core.errors import DatasetProblem, ModelRejected
from astroview.core.messages.train_messages import Begun, DataRead, Kept, Learnt, Scored
from astroview.core.models.model_card import ModelShelf, read_card
from astroview.engine.networks import weights
from trainer import __main__ as door
from trainer import jobs
from trainer.config import read_recipe, recipe_from
from trainer.data import pictures
from trainer.evaluation import contact_sheets
from trainer.loop.run_folder import RunFolder


@pytest.fixture(scope="module")
def data(picture_folder: Callable[[int, int], Path]) -> Path:
    return picture_folder(14, 80)


def state(folder: Path) -> dict[str, torch.Tensor]:
    newest = RunFolder(folder).newest()
    assert newest is not None
    critic = newest["adversary"]["critic"] if newest["adversary"] else {}
    return {
        **newest["network"],
        **{f"average {k}": v for k, v in newest["average"].items()},
        **{f"critic {k}": v for k, v in critic.items()},
    }


@pytest.mark.parametrize("critic", [False, True])
@pytest.mark.parametrize("task", list(TINY))
def test_resuming_equals_a_straight_run_bit_for_bit(
    task: str, critic: bool, data: Path, tmp_path: Path
):
    straight, broken = tmp_path / "straight", tmp_path / "broken"
    jobs.fit(recipe(task, critic), data, straight, "cpu", nothing)

    def interrupt(done: int, *_: object) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.fit(recipe(task, critic), data, broken, "cpu", interrupt)
    jobs.fit(recipe(task, critic), data, broken, "cpu", nothing)
    one, two = state(straight), state(broken)
    assert all(torch.equal(one[key], two[key]) for key in one)
    assert any(key.startswith("critic") for key in one) == critic


def test_a_run_that_an_older_version_began_with_another_optimizer_goes_on(
    data: Path, tmp_path: Path
):
    old = recipe("superres")
    old = dataclasses.replace(old, hyper={**old.hyper, "width": 16})

    def interrupt(done: int, *_: object) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.fit(old, data, tmp_path / "run", "cpu", interrupt)
    kept = RunFolder(tmp_path / "run").newest()
    assert kept is not None
    assert len(kept["optimizer"]["param_groups"]) == 1
    new = dataclasses.replace(old, run=dataclasses.replace(old.run, muon_lr=1e-2))
    jobs.fit(new, data, tmp_path / "run", "cpu", nothing)
    newest = RunFolder(tmp_path / "run").newest()
    assert newest is not None
    assert newest["step"] == old.run.steps
    assert len(newest["optimizer"]["param_groups"]) == 2


@pytest.mark.parametrize("task", list(TINY))
def test_a_run_leaves_a_model_that_the_engine_loads(task: str, data: Path, tmp_path: Path):
    folder = tmp_path / "run"
    asked = recipe(task)
    texture = dataclasses.replace(asked.card, illustrative=task == "superres")
    jobs.fit(dataclasses.replace(asked, card=texture), data, folder, "cpu", nothing)
    made = jobs.export(folder, data, tmp_path / "shelf")
    card = ModelShelf((tmp_path / "shelf",)).card(f"tiny-{task}")
    assert made == card.folder
    assert card.training["steps"] == 8
    assert card.illustrative == (task == "superres")
    assert card.metrics
    weights.load(card, torch.device("cpu"))
    kinds = {type(event) for event in RunFolder(folder).events()}
    assert {Begun, DataRead, Learnt, Scored, Kept} <= kinds
    assert len(RunFolder(folder).checkpoints()) == 2
    scored = [(float(i), picture) for i, picture in enumerate(pictures.load(data)[:5])]
    sheet = contact_sheets.contact_sheet(card, scored, tmp_path / "sheet.png")
    with Image.open(sheet) as picture:
        assert picture.width > 200


def test_a_sheet_of_held_out_pictures_is_drawn_and_small(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    jobs.fit(recipe("combined", steps=1), data, tmp_path / "run", "cpu", nothing)
    out = tmp_path / "sheet.jpg"
    arguments = [str(tmp_path / "run" / "model"), "--data", str(data), "--out", str(out)]
    assert door.main(["sheet", *arguments, "--pictures", "2"]) == 0
    assert str(out) in capsys.readouterr().out
    assert 5_000 < out.stat().st_size <= contact_sheets.ROOM
    card = read_card(tmp_path / "run" / "model")
    with pytest.raises(DatasetProblem, match="held out"):
        contact_sheets.sheet_of(dataclasses.replace(card, task="superres"), data, out, 2)


def test_super_resolution_learns(data: Path, tmp_path: Path):
    long = recipe("superres", steps=60, lr=5e-3, warmup=5, checkpoint_every=60, validate_every=60)
    jobs.fit(long, data, tmp_path, "cpu", nothing)
    score = next(e for e in RunFolder(tmp_path).events() if isinstance(e, Scored))
    assert score.values["psnr"] > score.values["bicubic_psnr"] + 0.5


def test_layers_run_in_bfloat16_where_a_recipe_asks_and_learn_alike(data: Path, tmp_path: Path):
    made: dict[str, dict[str, torch.Tensor]] = {}
    for how in ("auto", "float32", "bfloat16"):
        jobs.fit(recipe("superres", precision=how), data, tmp_path / how, "cpu", nothing)
        made[how] = state(tmp_path / how)
        assert all(v.dtype == torch.float32 for v in made[how].values() if v.is_floating_point())
    assert all(torch.equal(made["auto"][key], value) for key, value in made["float32"].items())
    gaps = {key: made["bfloat16"][key] - value for key, value in made["float32"].items()}
    assert any(gap.abs().max() > 1e-7 for gap in gaps.values())
    # What begins at 0 has learnt next to nothing in so few steps: there is nothing to compare.
    begun = {key: gap for key, gap in gaps.items() if made["float32"][key].norm() > 0.1}
    assert begun
    for key, gap in begun.items():
        assert gap.norm() < 0.05 * made["float32"][key].norm() + 1e-3, key


@pytest.mark.parametrize("architecture", ["pix2pix-unet", "residual-unet", "vgg-unet"])
def test_baselines_train_against_their_critic_and_leave_scores(
    architecture: str, data: Path, tmp_path: Path
):
    values = {
        "task": "plain-colour",
        "architecture": architecture,
        "hyper": {"width": 4, "palettes": 3},
        "run": RUN | {"steps": 3, "batch": 2},
        "loss": {"charbonnier": 0.0, "l1": 1.0, "adversarial": 0.01},
        "critic": {"kind": "patch", "width": 4},
    }
    jobs.fit(recipe_from(values), data, tmp_path, "cpu", nothing)
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert 0 < scores["dab_neutral"] < 40
    assert scores["dab"] > 0
    kept = state(tmp_path)
    averages = [key for key in kept if key.endswith("running_mean") and f"average {key}" in kept]
    assert averages
    assert all(torch.equal(kept[key], kept[f"average {key}"]) for key in averages)
    losses = [e for e in RunFolder(tmp_path).events() if isinstance(e, Learnt)]
    assert all({"l1", "adversarial", "critic"} <= e.terms.keys() for e in losses)


def test_another_model_in_the_run_folder_is_refused(tmp_path: Path):
    RunFolder(tmp_path).begin(recipe("superres"))
    with pytest.raises(DatasetProblem, match="another model"):
        RunFolder(tmp_path).begin(recipe("colorize"))


def test_damaged_weights_are_refused(data: Path, tmp_path: Path):
    jobs.fit(recipe("superres"), data, tmp_path, "cpu", nothing)
    card = ModelShelf((tmp_path,)).card("tiny-superres")
    with card.weights.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\xff")
    with pytest.raises(ModelRejected, match="damaged"):
        weights.load(card, torch.device("cpu"))
    with pytest.raises(ModelRejected, match="architecture"):
        weights.build("unheard-of", {})


def test_recipes_in_the_repository_are_valid():
    folder = Path(door.__file__).parent / "recipes"
    recipes = [read_recipe(path) for path in sorted(folder.glob("*.toml"))]
    assert {r.task for r in recipes} == {"superres", "colorize", "combined", "plain-colour"}
    assert all(dataclasses.asdict(r)["card"]["credit"] for r in recipes)


@pytest.mark.parametrize(
    "text", ["task = 3 4", 'task = "superres"', 'task = "x"\narchitecture = "y"\n[run]\nspeed = 1']
)
def test_bad_recipes_are_refused_in_plain_words(
    text: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "bad.toml"
    path.write_text(text)
    assert door.main(["fit", str(path), "--data", str(data), "--run", str(tmp_path / "r")]) == 1
    assert "bad.toml" in capsys.readouterr().err


def test_a_polite_signal_stops_between_steps_and_the_same_command_resumes(
    data: Path, tmp_path: Path
):
    text = """
task = "superres"
architecture = "compact"
[hyper]
scale = 2
width = 4
depth = 2
[run]
steps = 100000
batch = 4
crop = 16
checkpoint_every = 100000
validate_every = 100000
log_every = 1
"""
    (tmp_path / "long.toml").write_text(text)
    run = tmp_path / "run"
    command = [sys.executable, "-m", "trainer", "fit", str(tmp_path / "long.toml")]
    command += ["--data", str(data), "--run", str(run), "--device", "cpu"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        events = run / "events.jsonl"

        def learnt() -> bool:
            assert process.poll() is None
            return events.is_file() and '"Learnt"' in events.read_text()

        waiting.until(learnt)
        process.terminate()
        assert process.wait(60) == 1
        assert process.stderr is not None
        assert "resumes" in process.stderr.read()
    newest = RunFolder(run).newest()
    assert newest is not None
    kept = [e for e in RunFolder(run).events() if isinstance(e, Kept)]
    assert newest["step"] == kept[-1].step > 0
