"""The verdict on tuned models: tiny real networks that learnt something, nothing, or nonsense."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from astroview.core import resources
from astroview.core.errors import ModelRejected
from astroview.core.messages.train_messages import Verdict, decode, encode
from astroview.core.models.model_card import ModelCard, Palette, Tiling, read_card
from astroview.core.texts import Text
from astroview.engine.networks import weights
from tools.translations import catalogue, source_texts
from trainer.config import recipe_from
from trainer.data import degrade, tensor_colour, validation_set
from trainer.data.pictures import Picture
from trainer.finetune import keep_rule, verdict, verdict_text
from trainer.finetune.paired_scores import LINEAR, MEASURES, PairedScores
from trainer.finetune.paired_test import PairedFinding, find, standard_error
from trainer.tasks.colour_task import ColourTask

Make = Callable[..., np.ndarray]
SHARP = ModelCard(
    "sharp", "Sharp", "superres", "compact", {"scale": 2, "width": 6, "depth": 1},
    Tiling(64, 8), "", scale=2,
)  # fmt: skip
PAINT = ModelCard(
    "paint", "Paint", "colorize", "palette-unet",
    {"widths": [4, 6, 8], "middle": 1, "palettes": 2}, Tiling(64, 8, 16), "",
    palettes=(Palette("one", (0.0,) * 24), Palette("two", (0.05,) * 24)),
)  # fmt: skip


def nothing(*_: object) -> None:
    """No progress is shown."""


@pytest.fixture(scope="module")
def own(blobs: Make) -> list[Picture]:
    return [Picture(f"own {i}", blobs(i, 64), f"field {i}") for i in range(14)]


@pytest.fixture(scope="module")
def others(blobs: Make) -> list[Picture]:
    return [Picture(f"other {i}", blobs(i, 64), f"other {i}") for i in range(100, 106)]


def learn_to_sharpen(
    network: torch.nn.Module, pictures: list[Picture], steps: int, shuffled: bool = False
) -> None:
    torch.manual_seed(0)
    rgb = torch.from_numpy(np.stack([p.rgb for p in pictures])).permute(0, 3, 1, 2).float() / 255
    y = rgb.mean(1, keepdim=True)
    x = degrade.shrink(y, 2, torch.ones(len(y)))
    y = y[torch.arange(len(y)).roll(3)] if shuffled else y
    optimiser = torch.optim.Adam(network.parameters(), 1e-2)
    for _ in range(steps):
        optimiser.zero_grad()
        (network(x, torch.zeros(len(x))) - y).abs().mean().backward()
        optimiser.step()


def sharpener(folder: Path, pictures: list[Picture], steps: int, shuffled: bool = False) -> Path:
    torch.manual_seed(3)
    network = weights.build(SHARP.architecture, SHARP.hyper)
    learn_to_sharpen(network, pictures, steps, shuffled)
    weights.store(SHARP, network, folder)
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, own: list[Picture]) -> Path:
    """Untrained, so as good as bicubic."""
    return sharpener(tmp_path_factory.mktemp("base") / "sharp", own, 0)


def test_what_learnt_the_users_pictures_is_worth_keeping(
    base: Path, own: list[Picture], others: list[Picture], tmp_path: Path
):
    tuned = sharpener(tmp_path / "run" / "model", own[:9], 40)
    told: list[tuple[int, int]] = []
    found = verdict.judge(
        base, tuned, own[9:], tmp_path / "run", lambda *now: told.append(now), others
    )
    assert found.keep, found
    assert found.headline.startswith("Better on your pictures: PSNR")
    psnr = next(f for f in found.figures if f.side == "own" and f.name == "PSNR")
    assert psnr.tuned - psnr.base == pytest.approx(psnr.change)
    assert psnr.change > 2 * psnr.noise > 0
    assert {f.side for f in found.figures} == {"own", "bundled"}
    assert told[-1][0] == told[-1][1]
    assert decode(encode(found)) == found
    for row in found.pictures:
        assert len(row) == 4
        for path in row:
            with Image.open(tmp_path / "run" / path) as picture:
                assert picture.size == (64, 64)
    assert any("worst" in row[0] for row in found.pictures)
    verdict.note_on_card(tuned, found)
    noted = read_card(tuned)
    assert noted.metrics["verdict"]["keep"] is True
    weights.load(noted, torch.device("cpu"))


def test_a_model_against_itself_gains_nothing(
    base: Path, own: list[Picture], others: list[Picture], tmp_path: Path
):
    found = verdict.judge(base, base, own[9:], tmp_path, nothing, others)
    assert not found.keep
    assert "chance" in found.headline


def test_sharpening_learnt_from_shuffled_pictures_is_not_kept(
    base: Path, own: list[Picture], others: list[Picture], tmp_path: Path
):
    tuned = sharpener(tmp_path / "model", own[:9], 40, shuffled=True)
    found = verdict.judge(base, tuned, own[9:], tmp_path, nothing, others)
    assert not found.keep
    assert found.headline.startswith("Worse on your pictures")
    assert any("fell behind" in reason for reason in found.reasons)


def paint_model(folder: Path, pictures: list[Picture], steps: int, begin: Path | None) -> Path:
    torch.manual_seed(5)
    values = {"task": "colorize", "architecture": "palette-unet", "hyper": PAINT.hyper,
              "run": {"batch": 4, "crop": 16, "seed": 2}, "loss": {"code": 0.03}}  # fmt: skip
    codes = np.array([p.code for p in PAINT.palettes], np.float32)
    task = ColourTask(recipe_from(values), pictures, [], codes)
    network = task.network()
    if begin:
        network.load_state_dict(weights.state_of(read_card(begin)))
    optimiser = torch.optim.Adam(network.parameters(), 4e-3)
    for step in range(steps):
        optimiser.zero_grad()
        sum(task.answer(network, task.batch(step, 4)).terms.values()).backward()  # type: ignore[union-attr,arg-type]
        optimiser.step()
    weights.store(PAINT, network, folder)
    return folder


def with_foreign_colours(pictures: list[Picture]) -> list[Picture]:
    """Each with the chroma of another one, turned."""
    made: list[Picture] = []
    for one, other in zip(pictures, pictures[3:] + pictures[:3], strict=True):
        lab, foreign = (
            tensor_colour.to_oklab(torch.from_numpy(p.rgb.copy()).permute(2, 0, 1)[None] / 255)
            for p in (one, other)
        )
        lab[:, 1:] = foreign[:, 1:].flip(-1)
        rgb = tensor_colour.from_oklab(lab).clamp(0, 1)[0].permute(1, 2, 0).numpy()
        made.append(replace(one, rgb=(rgb * 255 + 0.5).astype(np.uint8)))
    return made


@pytest.fixture(scope="module")
def painter(
    tmp_path_factory: pytest.TempPathFactory, own: list[Picture], others: list[Picture]
) -> Path:
    folder = tmp_path_factory.mktemp("painter") / "paint"
    return paint_model(folder, [*own[:4], *others[:3]], 30, None)


def test_colours_learnt_from_shuffled_pictures_are_not_kept(
    painter: Path, own: list[Picture], others: list[Picture], tmp_path: Path
):
    tuned = paint_model(tmp_path / "model", with_foreign_colours(own[:9]), 20, painter)
    found = verdict.judge(painter, tuned, own[9:], tmp_path, nothing, others)
    assert not found.keep, found


def test_models_that_do_not_load_are_refused(base: Path, own: list[Picture], tmp_path: Path):
    with pytest.raises(ModelRejected):
        verdict.judge(base, tmp_path, own, tmp_path, nothing, [])


# ---------------------------------------------------------------- the rule


def pairs(changes: list[float], base: float = 30.0, idle: float = 28.0) -> list[PairedScores]:
    picture = Picture("x", np.zeros((1, 1, 3), np.uint8), "")
    return [
        PairedScores(
            replace(picture, target=f"t{i}"), {"psnr": base}, {"psnr": base + change},
            {"psnr": idle},
        )
        for i, change in enumerate(changes)
    ]  # fmt: skip


PSNR = MEASURES["superres"][0]


def told(findings: list[PairedFinding]) -> tuple[bool, str, tuple[str, ...]]:
    decided = keep_rule.decide(findings)
    return decided.keep, *verdict_text.say(decided, findings)


def test_gains_within_chance_or_too_small_do_not_count():
    sure = find("own", PSNR, pairs([0.5, 0.6, 0.4, 0.5]))
    assert sure.gains
    assert told([sure])[0]
    for changes in ([2.0, -1.5, 1.0, -0.5], [0.02, 0.02, 0.02, 0.021], [0.5]):
        found = find("own", PSNR, pairs(changes))
        assert found.figure.change > 0
        keep, headline, reasons = told([found])
        assert not keep
        assert headline
        assert reasons


def test_a_gain_beyond_chance_that_is_too_small_is_called_that():
    small, chance = (find("own", PSNR, pairs(c)) for c in ([0.02, 0.02, 0.021], [2.0, -1.5, 0.7]))
    _, headline, reasons = told([small])
    assert headline.startswith("Hardly better")
    assert "more than chance explains, and less than is worth having (0.05 dB)" in reasons[0]
    assert "not more than chance explains." in told([chance])[2][0]


def test_what_is_worth_having_is_alike_for_colour_and_sharpness():
    share = MEASURES["colorize"][0].worth
    assert share == pytest.approx(1 - 10 ** (-PSNR.worth / 20), abs=5e-4)


def test_a_greyer_automatic_palette_is_shown(painter: Path, own: list[Picture], tmp_path: Path):
    tuned = paint_model(tmp_path / "model", own[:2], 0, painter)
    card = read_card(tuned)
    grey = replace(card, palettes=(*card.palettes, Palette("grey", (0.0,) * 24)))
    network = weights.load(card, torch.device("cpu"))
    network.requires_grad_(requires_grad=False)
    for name, parameter in network.named_parameters():
        if name.startswith("out"):
            parameter.mul_(0.1)
    weights.store(grey, network, tuned)
    found = verdict.judge(painter, tuned, own[9:], tmp_path, nothing, [])
    dull = next(f for f in found.figures if f.name.startswith("colourfulness off"))
    assert dull.tuned > dull.base
    assert dull.change < 0
    assert not found.keep


def test_a_gain_does_not_pay_for_what_was_forgotten():
    gain = find("own", PSNR, pairs([0.5, 0.6, 0.4]))
    for change, kept in ((-0.1, True), (-0.4, False)):
        loss = find("bundled", PSNR, pairs([change] * 4))
        keep, headline, _ = told([gain, loss])
        assert keep == kept
        assert ("lost too much: PSNR on the bundled pictures" in headline) != kept


def test_better_than_the_parent_but_worse_than_nothing_is_not_kept():
    found = find("own", PSNR, pairs([0.5, 0.6, 0.4], base=20.0))
    keep, headline, _ = told([found])
    assert not keep
    assert "bicubic" in headline


def test_nothing_held_out_is_no_verdict():
    bundled = [find("bundled", PSNR, pairs([0.5]))]
    assert told(bundled)[:1] == (False,)


def test_pictures_of_one_target_count_once():
    changes = np.array([1.0, 1.1, 0.9, -0.5, -0.6, 0.3])
    alone = standard_error(changes, list("abcdef"))
    assert alone == pytest.approx(changes.std(ddof=1) / np.sqrt(6))
    assert standard_error(changes, list("aaabbc")) > 1.3 * alone
    same = [replace(p, picture=replace(p.picture, target="m31")) for p in pairs([0.5] * 9)]
    one_target: PairedFinding = find("own", PSNR, same)
    assert not one_target.gains
    assert "single target" in told([one_target])[1]


def test_every_target_is_seen_before_any_is_seen_twice():
    picture = Picture("", np.zeros((1, 1, 3), np.uint8), "")
    many = [replace(picture, name=f"{t}{i}", target=t) for t in "abc" for i in range(4)]
    assert [p.name for p in verdict.spread(many, 5)] == ["a0", "b0", "c0", "a1", "b1"]


def test_a_verdict_is_told_in_german(base: Path, own: list[Picture], tmp_path: Path):
    """Every sentence, and every word in its places: none is put together of English words."""
    known = catalogue.read(resources.root() / "translations" / "astroview_de.ts")
    tuned = sharpener(tmp_path / "model", own[:9], 40)
    made = verdict.judge(base, tuned, own[9:], tmp_path, nothing, own[:2])
    told = decode(encode(made))
    assert isinstance(told, Verdict)
    german = [tr_de(text, known) for text in (told.headline, *told.reasons)]
    assert german[0].startswith("Besser auf Ihren Bildern: PSNR")
    assert "mehr, als der Zufall erklärt" in german[1]
    assert german[2].startswith("Das ist besser als bikubisch: ")
    folds = verdict_text.of_folds([find("own", PSNR, pairs([0.5, 0.4]))], 3)
    assert tr_de(folds[0], known).startswith("Kreuzvalidiert in 3 Teilen über 2 Ziele")
    for measure in (*LINEAR, *MEASURES["superres"], *MEASURES["colorize"]):
        assert {measure.name, measure.idle} - known.keys() <= {"", "PSNR", "SSIM"}


def tr_de(text: str, known: dict[str, tuple[str, ...]]) -> str:
    """A text as the German catalogue has it."""
    assert isinstance(text, Text)

    def lookup(msgid: str, number: int) -> str:
        forms = known[msgid] if source_texts.speaks(msgid) else (msgid,)
        return forms[0 if number == 1 else -1]

    return text.told(lookup)


# ---------------------------------------------------------------- the bundled set


def test_the_bundled_set_is_made_once_and_again_alike(tmp_path: Path):
    first = validation_set.pictures(cache=tmp_path, count=1)
    assert first[0].rgb.shape == (192, 192, 3)
    (kept,) = tmp_path.iterdir()
    changed = kept.stat().st_mtime_ns
    again = validation_set.pictures(cache=tmp_path, count=1)
    assert np.array_equal(first[0].rgb, again[0].rgb)
    assert kept.stat().st_mtime_ns == changed
    kept.write_bytes(b"damaged")
    third = validation_set.pictures(cache=tmp_path, count=1)
    assert np.array_equal(first[0].rgb, third[0].rgb)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path):
    (tmp_path / "file").write_text("")
    assert validation_set.pictures(cache=tmp_path / "file" / "below", count=1)


def test_verdicts_are_made_of_what_the_window_reads():
    finding = find("own", PSNR, pairs([0.5, 0.4]))
    made = Verdict(1.0, keep=True, headline="yes", reasons=(), figures=(finding.figure,))
    assert decode(encode(made)) == made
