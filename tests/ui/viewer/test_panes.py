"""The ways to compare, on the viewer itself: registration, split lines, grid, blink."""

from __future__ import annotations

import numpy as np
import pytest
import waiting
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.layer import Layer
from astroview.ui.render.rendering import Look
from astroview.ui.viewer import panes as compare
from astroview.ui.viewer.panes import Mode
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.viewer.viewer_scene import ViewerScene
from astroview.ui.widgets import fuzzy

LOOK = Look(Stretch("linear", 0, 255))
SHAPE = (60, 80)
STARS = ((20.3, 14.8), (55.71, 40.12))  # x, y in pixels of the input, from its corner


def starry(scale: int) -> Frame:
    y, x = (np.mgrid[: SHAPE[0] * scale, : SHAPE[1] * scale] + 0.5) / scale
    data = sum(250 * np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / 8) for at_x, at_y in STARS)
    source = ArraySource(np.asarray(data, np.float32))
    shape = (SHAPE[0] * scale, SHAPE[1] * scale)
    return Frame("f", shape, 1, "linear", source, None, scale=scale)


@pytest.fixture
def viewer(qtbot: QtBot) -> Viewer:
    made = Viewer()
    qtbot.addWidget(made)
    made.resize(700, 540)
    made.show()
    return made


def show(viewer: Viewer, background: Background, *scales: int) -> None:
    layers = [Layer(starry(scale), scale, LOOK, background) for scale in scales]
    grid = tuple((layer, f"x{layer.per_scene}") for layer in layers) if len(layers) > 2 else ()
    viewer.show_layers(
        ViewerScene(SHAPE, layers[0], layers[1], "later", grid=grid), keep_view=False
    )
    waiting.in_window(lambda: all(layer.settled for layer in layers), 20)


def grey(picture: QImage) -> np.ndarray:
    picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1)
    return rows[:, : picture.width()].astype(np.float64)


def centroids(viewer: Viewer) -> np.ndarray:
    """Where the painted stars lie, in pixels of the input."""
    picture = grey(viewer.grab().toImage())
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]] + 0.5
    at = viewer.placing(viewer.panes()[0])
    found = []
    for star in STARS:
        place = at.point(QPointF(*star))
        near = np.hypot(x - place.x(), y - place.y()) < 7 * viewer.view.zoom
        weight = picture * near
        scene = at.scene(QPointF(*((part * weight).sum() / weight.sum() for part in (x, y))))
        found.append((scene.x(), scene.y()))
    return np.array(found)


@pytest.mark.parametrize("scale", [2, 4])
def test_stars_of_a_result_stay_where_they_are(
    viewer: Viewer, background: Background, scale: int
) -> None:
    show(viewer, background, 1, scale)
    viewer.zoom_to(8)
    show(viewer, background, 1, scale)
    viewer.set_mode(Mode.ORIGINAL)
    before = centroids(viewer)
    viewer.set_mode(Mode.RESULT)
    after = centroids(viewer)
    assert np.abs(after - before).max() < 0.01
    assert np.abs(after - np.array(STARS)).max() < 0.05


def test_split_across(viewer: Viewer, background: Background, qtbot: QtBot) -> None:
    show(viewer, background, 1, 2)
    viewer.set_mode(Mode.ACROSS)
    line = QPoint(viewer.width() // 3, viewer.height() // 2)
    qtbot.mousePress(viewer, Qt.MouseButton.LeftButton, pos=line)
    qtbot.mouseMove(viewer, QPoint(40, 135))
    qtbot.mouseRelease(viewer, Qt.MouseButton.LeftButton, pos=QPoint(40, 135))
    assert viewer.split == pytest.approx(0.25)
    above, below = viewer.panes()
    assert above.clip.height() == 135
    assert (above.shows, below.shows) == (compare.BEFORE, compare.AFTER)
    assert above.area == below.area
    assert viewer.grab().toImage().pixelColor(300, 135).lightness() > 180  # the line


def test_grid_panes_share_one_view(viewer: Viewer, background: Background) -> None:
    show(viewer, background, 1, 2, 4, 2)
    viewer.set_mode(Mode.GRID)
    panes = viewer.panes()
    assert len(panes) == 4
    assert len({(pane.area.width(), pane.area.height()) for pane in panes}) == 1
    assert not any(a.clip.intersects(b.clip) for a in panes for b in panes if a is not b)
    places = [viewer.scene_at(pane.area.center()) for pane in panes]
    assert all(place == places[0] for place in places)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("mode", list(Mode))
def test_panes_cover_what_they_can(mode: Mode, count: int) -> None:
    size = QSizeF(801, 603)
    found = compare.panes(mode, size, 0.37, count)
    whole = size.width() * size.height()
    area = sum(pane.clip.width() * pane.clip.height() for pane in found)
    assert len(found) == 1 if count == 1 else len(found) <= count
    assert area <= whole
    if not (mode in (Mode.GRID, Mode.TILE) and count == 3):
        assert area > 0.98 * whole


def test_space_shows_the_original_everywhere(viewer: Viewer, background: Background) -> None:
    show(viewer, background, 1, 2)
    for mode in Mode:
        viewer.set_mode(mode)
        viewer.set_peek(on=True)
        assert all(pane.shows == compare.BEFORE for pane in viewer.panes())
        viewer.set_peek(on=False)


def test_blink_turns_about(viewer: Viewer, background: Background) -> None:
    show(viewer, background, 1, 2)
    viewer.set_mode(Mode.BLINK)
    viewer.set_blink_step(1)
    assert viewer.panes()[0].shows == compare.BEFORE
    viewer.set_blink_step(0)
    assert viewer.panes()[0].shows == compare.AFTER


def test_ds9_habits(viewer: Viewer, background: Background, qtbot: QtBot) -> None:
    show(viewer, background, 1, 2)
    viewer.set_mode(Mode.RESULT)

    def drag(button: Qt.MouseButton) -> None:
        qtbot.mousePress(viewer, button, pos=QPoint(300, 200))
        qtbot.mouseMove(viewer, QPoint(370, 146))
        qtbot.mouseRelease(viewer, button, pos=QPoint(370, 146))

    start = viewer.view
    viewer.gestures.set_preset("ds9")
    drag(Qt.MouseButton.LeftButton)
    assert viewer.view == start  # left to regions
    drag(Qt.MouseButton.RightButton)  # left to the display: contrast and bias
    assert viewer.view == start
    under = viewer.scene_at(QPointF(200, 100))
    qtbot.mouseClick(viewer, Qt.MouseButton.MiddleButton, pos=QPoint(200, 100))
    assert viewer.view.x == pytest.approx(under.x())
    viewer.gestures.set_preset("photo")
    moved = viewer.view
    drag(Qt.MouseButton.LeftButton)
    assert viewer.view != moved


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("sbs", "Side by side"),
        ("blink", "Blink"),
        ("dif", "Difference"),
        ("open rec", "Open recent · m51.fits"),
        ("m51", "Open recent · m51.fits"),
    ],
)
def test_a_few_letters_find_it(query: str, best: str) -> None:
    texts = ["Blink faster", "Blink", "Side by side", "Difference", "Open recent · m51.fits"]
    scored = [(fuzzy.score(query, text), text) for text in texts]
    found = sorted((score, text) for score, text in scored if score is not None)
    assert found[-1][1] == best
    assert fuzzy.score("zzz", best) is None


@pytest.mark.usefixtures("qapp")
def test_names_leave_the_corner_of_the_scale_bar_free() -> None:
    size = QSizeF(400, 300)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    for pane in compare.panes(Mode.ACROSS, size, 0.5, 2):
        compare.paint_label(painter, pane, "Enhanced", right=False)
    painter.end()
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(300, 400, 4)[..., :3].max((1, 2))
    rows = np.flatnonzero(bits > 100)
    assert rows.min() < 40
    assert 150 < rows[rows > 100].min() < 190
    assert rows.max() < 240


@pytest.mark.usefixtures("qapp")
def test_a_name_gives_up_its_last_parts_first() -> None:
    def painted(text: str, width: int) -> np.ndarray:
        image = QImage(width, 100, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        (pane,) = compare.panes(Mode.ORIGINAL, QSizeF(width, 100), 0.5, 1)
        compare.paint_label(painter, pane, text, right=False)
        painter.end()
        return np.frombuffer(image.constBits(), np.uint8).reshape(100, width, 4).copy()

    whole, first = "Illustrative ×4, colour painted", "Illustrative ×4"
    assert np.array_equal(painted(whole, 160), painted(first, 160))
    assert not np.array_equal(painted(whole, 400), painted(first, 400))
    assert painted(first, 160)[..., :3].max() > 100
    assert painted(first, 40)[..., :3].max() == 0
