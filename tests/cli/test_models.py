"""``astroview models``, from sharing to bringing back from the trash."""

from pathlib import Path

import painting
import pytest

from astroview import cli, cli_enhance, cli_train
from astroview.core import resources
from astroview.core.messages.train_messages import Verdict
from astroview.core.models.model_card import Adapter, Origin, default_shelf
from astroview.core.models.shelf import user_shelf
from astroview.core.models.tuned_card import tuned_card
from astroview.engine.networks import weights


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A file that someone else gave away: a super-resolver tuned a little."""
    base = default_shelf().card("superres-x2")
    state = weights.state_of(base)
    state["tail.bias"] += 0.01
    origin = Origin(base.id, base.sha256, "full", 20, "f" * 64, 30, "2026-01-31")
    card = weights.store_state(tuned_card(base, "M101", origin), state, tmp_path / "elsewhere")
    user_shelf().adopt(card.folder or tmp_path)
    assert cli.run(["models", "share", card.id, str(tmp_path / "m101")]) == 0
    user_shelf().discard(card.id)
    return tmp_path / "m101.astromodel"


def test_a_model_is_imported_renamed_removed_and_restored(
    shared: Path, capsys: pytest.CaptureFixture[str]
):
    def said(*words: str) -> str:
        assert cli.run(["models", *words]) == 0
        return capsys.readouterr().out

    said()
    tuned = "superres-x2-tuned-m101"
    assert f"{tuned}: Super-resolver ×2 · M101" in said("import", str(shared))
    assert "tuned from superres-x2 (full, 20 steps, 2026-01-31)" in said()
    assert default_shelf().choose(tuned, "superres")
    first = default_shelf().superres(2)
    assert first
    assert first.id == "superres-x2"  # a tuned model is no default
    assert "Spirals" in said("rename", tuned, "Spirals")
    assert f"restore {tuned}" in said("remove", tuned)
    assert "tuned-m101" not in said()
    assert f"{tuned}: Spirals" in said("restore")
    assert "Spirals" in said("restore", tuned)
    assert f"{tuned}: Spirals" in said("list")


@pytest.mark.parametrize(
    "words", [["remove", "colorizer"], ["remove", "nobody"], ["restore", "nobody"],
              ["import", "nothing.astromodel"], ["import", "code.pth"], ["share", "nobody", "x"]],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
):
    assert cli.run(["models", *words]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "Traceback" not in told


def test_an_adapter_says_which_parent_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    base = default_shelf().card("superres-x2")
    origin = Origin("unheard-of", "a" * 64, "adapter")
    card = tuned_card(base, "far", origin, adapter=Adapter(2, 1.0))
    bias = {"tail.bias": weights.state_of(base)["tail.bias"]}
    card = weights.store_adapter(card, bias, tmp_path / "far")
    assert cli.run(["models", "import", str(tmp_path / "far")]) == 0
    assert "“unheard-of”, which is not installed" in capsys.readouterr().err
    assert cli.run(["models"]) == 0
    assert "cannot be used" in capsys.readouterr().out
    assert cli.run(["models", "share", card.id, str(tmp_path / "out")]) == 0
    assert "needs unheard-of with weights of sha256 aaaa" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("better", "asked", "says", "there"),
    [
        (True, True, "On your shelf: superres-x2-tuned-night", True),
        (True, False, "astroview models import", False),
        (False, True, "Its parent stays in use", False),
    ],
)
def test_a_run_puts_only_a_better_model_on_the_shelf(
    tmp_path: Path, better: bool, asked: bool, says: str, there: bool
):
    base = default_shelf().card("superres-x2")
    card = tuned_card(base, "night", Origin(base.id, base.sha256))
    state = weights.state_of(base)
    state["tail.bias"] += 0.01
    weights.store_state(card, state, tmp_path / "model")
    verdict = Verdict(0.0, keep=better, headline="", reasons=(), figures=())
    assert says in cli_train.conclude(tmp_path / "model", verdict, keep=asked)
    assert any(c.id == card.id for c in default_shelf().cards()) == there


def test_a_model_that_paints_texture_is_marked_and_taken_only_by_name(
    capsys: pytest.CaptureFixture[str],
):
    painting.store_painter(resources.user_models())
    assert cli.run(["models"]) == 0
    told = capsys.readouterr().out
    assert "painter-x4: Painter ×4 (illustrative) (superres, scale 4)" in told
    assert "texture painted: not for measurement; used only where it is named" in told
    assert told.index("painter-x4: ") > told.index("superres-x4: ")  # the last one

    def chosen(*words: str) -> str | None:
        asked = cli.parser().parse_args(["enhance", "a.fits", "--out", "o", *words])
        return cli_enhance.recipe_of(asked).options.superres

    assert chosen("--scale", "4") == "superres-x4"
    assert chosen("--superres", "painter-x4") == "painter-x4"
