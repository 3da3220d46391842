"""The window learns of models that are added, renamed and removed, wherever that happens."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from by_name import choices, find
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox
from safetensors.numpy import save

from astroview.core.models import palette_set
from astroview.core.models.model_card import (
    ModelCard,
    Palette,
    default_shelf,
    read_card,
    sha256_of,
    write_card,
)
from astroview.core.models.palette_bank import Entry, Listing
from astroview.core.models.shelf import user_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.settings import BatchSettings
from astroview.ui.batch.batch_plan import BatchPlan
from astroview.ui.batch.options_strip import OptionsStrip
from astroview.ui.enhance import shelf_watcher
from astroview.ui.enhance.enhance_panel import EnhancePanel
from astroview.ui.enhance.palette_picker import PalettePicker
from astroview.ui.enhance.shelf_watcher import ShelfWatch
from astroview.ui.widgets.theme import DARK


def copy(card: ModelCard, model_id: str, name: str, folder: Path) -> Path:
    """A model of other bytes: the same network behind a longer header."""
    folder.mkdir(parents=True)
    content = card.weights.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = content[8 : 8 + length] + b" " * (8 * (1 + len(model_id)))
    (folder / "model.safetensors").write_bytes(
        len(header).to_bytes(8, "little") + header + content[8 + length :]
    )
    sha256 = sha256_of(folder / "model.safetensors")
    write_card(dataclasses.replace(card, id=model_id, name=name, sha256=sha256), folder)
    return folder


@pytest.fixture
def tuned(tmp_path: Path) -> dict[str, Path]:
    """Folders of a colorizer and a super-resolver that are not on the shelf yet."""
    return {
        task: copy(default_shelf().cards(task)[0], f"my-{task}", f"My {task}", tmp_path / task)
        for task in ("colorize", "superres")
    }  # type: ignore[arg-type]


def test_the_shelf_tells_of_every_change(qtbot, tuned: dict[str, Path], monkeypatch) -> None:
    monkeypatch.setattr(shelf_watcher, "START_MS", 0)
    shelf, own = default_shelf(), user_shelf()
    parent = QObject()
    watch = ShelfWatch(shelf, shelf.cards(), parent)
    bundled = {card.name for card in shelf.cards()}
    own.folder.mkdir(parents=True)
    changes = (
        lambda: own.adopt(tuned["colorize"]),
        lambda: own.rename("my-colorize", "Better"),
        lambda: own.discard("my-colorize"),
    )
    for names, change in zip(({"My colorize"}, {"Better"}, set()), changes, strict=True):
        watch.look()  # what is there now is watched
        with qtbot.waitSignal(watch.changed, timeout=30_000):
            change()
        assert {card.name for card in watch.cards} - bundled == names
    parent.deleteLater()


@pytest.mark.usefixtures("qtbot")
def test_the_first_model_is_noticed_where_there_was_no_folder(tuned: dict[str, Path]) -> None:
    shelf = default_shelf()
    parent = QObject()
    watch = ShelfWatch(shelf, shelf.cards(), parent)
    told: list[tuple[ModelCard, ...]] = []
    watch.changed.connect(told.append)
    watch.look()
    assert not told
    user_shelf().adopt(tuned["superres"])
    watch.look()
    watch.look()
    assert len(told) == 1
    parent.deleteLater()


def test_the_panel_offers_new_models_and_keeps_the_choice(qtbot, tuned: dict[str, Path]) -> None:
    cards = default_shelf().cards()
    panel = EnhancePanel(cards, EnhanceOptions(palette=cards[0].palettes[1].name), DARK)
    qtbot.addWidget(panel)
    before = panel.options
    more = (*cards, *(read_card(folder) for folder in tuned.values()))
    said: list[EnhanceOptions] = []
    panel.chosen.connect(said.append)
    panel.set_cards(more)
    assert panel.options == before
    assert not said
    colour = find(panel, QComboBox, "Colour")
    assert colour.findData("my-colorize") > 0
    assert panel.superres_row.isVisibleTo(panel)
    colour.setCurrentIndex(colour.findData("my-colorize"))
    panel.superres.setCurrentIndex(panel.superres.findData("my-superres"))
    panel.scale.set_value("2")
    assert (panel.options.colorizer, panel.options.superres) == ("my-colorize", "my-superres")
    with qtbot.waitSignal(panel.colorizer_changed):
        panel.set_cards(cards)  # what was chosen went
    assert panel.options.colorizer == "colorizer"
    assert said[-1] == panel.options


def test_a_batch_can_use_a_tuned_model(qtbot, tuned: dict[str, Path]) -> None:
    cards = default_shelf().cards()
    strip = OptionsStrip(cards, BatchSettings(), DARK)
    qtbot.addWidget(strip)
    bundled = [c.name for c in cards if c.task != "superres"]
    assert choices(find(strip, QComboBox, "Colour")) == ["Colorizer", bundled[-1], "Off"]
    assert not strip.models.superres_row.isVisibleTo(strip)
    more = (*cards, *(read_card(folder) for folder in tuned.values()))
    strip.set_cards(more)
    assert strip.choices == BatchSettings()
    wanted = BatchSettings(colorizer="my-colorize", superres="my-superres")
    strip.set_choices(wanted)
    assert strip.choices == wanted
    assert strip.models.superres_row.isVisibleTo(strip)
    line = BatchPlan(("a",), "out", strip.choices).arguments()
    assert line[line.index("--colorizer") + 1] == "my-colorize"
    assert line[line.index("--superres") + 1] == "my-superres"
    strip.models.scale.button("1").click()
    assert "--superres" not in BatchPlan(("a",), "out", strip.choices).arguments()
    strip.set_cards(cards)
    assert strip.choices == BatchSettings(scale=1)


def test_palettes_that_come_and_go_are_told_of_and_offered(qtbot, monkeypatch) -> None:
    monkeypatch.setattr(shelf_watcher, "START_MS", 0)
    shelf, own = default_shelf(), palette_set.palette_shelf()
    own.folder.mkdir(parents=True)
    parent = QObject()
    watch = ShelfWatch(shelf, shelf.cards(), parent)
    watch.look()
    palettes = (Palette("typical", (0.0,) * 24, ((9, 9, 9),)),)
    told = palette_set.header("Mine", Listing((Entry("like M 51", ""),), "a" * 64), palettes, "")
    content = save({"codes": np.zeros((1, 24), np.float16)}, told)
    picker = PalettePicker()
    qtbot.addWidget(picker)
    card = shelf.card("colorizer")
    with qtbot.waitSignal(watch.changed, timeout=30_000):
        (own.folder / "mine.palettes").write_bytes(content)
    picker.show_card(card, "auto")
    assert picker.findData("Mine") > 0
    with qtbot.waitSignal(watch.changed, timeout=30_000):
        own.discard("Mine")
    picker.show_card(card, "Mine")
    assert picker.findData("Mine") < 0
    picker.show_choice("Mine", None)  # what is gone is not shown as if it were automatic
    assert picker.chosen == "Mine"
    parent.deleteLater()
