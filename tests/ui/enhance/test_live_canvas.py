"""A job's picture piece by piece: in the end as if drawn at once, and little is drawn twice."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from astroview.core.colour.chroma_maps import ChromaMaps
from astroview.core.colour.stretch import Stretch
from astroview.core.colour.tone import Tone
from astroview.core.frame import ArraySource, Frame, Window
from astroview.ui.enhance.live_canvas import MANY, LiveCanvas, LiveScene, draw
from astroview.ui.enhance.partial_result import PartialResult
from astroview.ui.render.rendering import Look
from astroview.ui.render.sampling import Patch

SHAPE = (90, 120)
VISIBLE = QRectF(20.5, 10.25, 70.0, 60.0)
STRETCH = Stretch("linear", 0.0, 1.0)
TILES = [Window(y, x, 30, 40) for y in (0, 30, 60) for x in (0, 40, 80)]


@pytest.fixture
def start(tmp_path: Path) -> PartialResult:
    """A frame whose ×2 result lies in ``tmp_path``."""
    rng = np.random.default_rng(5)
    frame = Frame("f", SHAPE, 1, "linear", ArraySource(rng.random(SHAPE).astype(np.float32)), None)
    np.save(tmp_path / "source.npy", rng.random((180, 240)).astype(np.float32))
    maps = ChromaMaps(rng.normal(0, 0.05, (4, 5, 4)).astype(np.float32), (24.0, 24.0))
    return PartialResult(frame, maps=maps, stretch=STRETCH)


def with_tile(grown: PartialResult, tile: Window, folder: Path) -> PartialResult:
    twice = Window(*(2 * n for n in (tile.y, tile.x, tile.height, tile.width)))
    return grown.with_tile("source", twice, folder)


def pixels(patch: Patch) -> np.ndarray:
    image = patch.image
    assert image.format() == QImage.Format.Format_RGB32
    found = np.frombuffer(image.constBits(), np.uint32)
    return found.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()]


def laid_over(drawing: LiveCanvas, whole: Patch) -> np.ndarray:
    """What is seen where ``whole`` lies, in its pixels; 0 where no picture of its scale is."""
    seen, k = np.zeros_like(pixels(whole)), whole.reduction
    top, left = round(whole.covers.y() / k), round(whole.covers.x() / k)
    for patch, scale in drawing.patches:
        if scale == 2:
            assert patch.reduction == k
            y, x = round(patch.covers.y() / k) - top, round(patch.covers.x() / k) - left
            part = pixels(patch)
            seen[y : y + part.shape[0], x : x + part.shape[1]] = part
    return seen


@pytest.mark.parametrize("zoom", [1.0, 1.5, 4.0])
def test_tile_by_tile_it_becomes_what_is_drawn_at_once(
    start: PartialResult, tmp_path: Path, zoom: float
):
    scene, drawing = LiveScene(start, Look(STRETCH), VISIBLE, zoom), None
    drawing = draw(scene, drawing)
    assert [scale for _, scale in drawing.patches] == [1]
    for tile in TILES:
        scene = replace(scene, grown=with_tile(scene.grown, tile, tmp_path))
        drawing = draw(scene, drawing)
    ((whole, scale),) = draw(scene, None).patches
    assert scale == 2
    seen = laid_over(drawing, whole)
    drawn = seen != 0
    levels = [p[drawn].view(np.uint8).astype(int) for p in (seen, pixels(whole))]
    assert np.abs(levels[0] - levels[1]).max() <= 1  # each picture has 65,536 values of its own
    visible, k = VISIBLE, whole.reduction
    area = visible.width() * visible.height() * 4 / k**2
    assert drawn.sum() >= area  # all that is visible
    pieces = [pixels(patch).size for patch, _ in drawing.patches[1:]]
    assert sum(pieces) < 1.35 * area  # but for whole cells at the edges, each pixel once


def test_what_is_seen_in_another_way_is_drawn_anew(start: PartialResult, tmp_path: Path):
    scene = LiveScene(start, Look(STRETCH), VISIBLE, 2.0)
    drawing = draw(scene, None)
    scene = replace(scene, grown=with_tile(start, TILES[4], tmp_path))
    assert len(draw(scene, drawing).patches) == 2
    drawing = draw(scene, drawing)
    for other in (
        replace(scene, look=Look(STRETCH, tone=Tone(gamma=2.0))),
        replace(scene, visible=VISIBLE.translated(1, 0)),
        replace(scene, zoom=3.0),
        replace(scene, grown=replace(scene.grown, maps=None)),
    ):
        assert len(draw(other, drawing).patches) == 1


def test_pictures_do_not_pile_up(start: PartialResult, tmp_path: Path):
    scene = LiveScene(start, Look(STRETCH), VISIBLE, 2.0)
    drawing, most = draw(scene, None), 0
    for _ in range(MANY + 20):
        scene = replace(scene, grown=with_tile(scene.grown, TILES[4], tmp_path))
        drawing = draw(scene, drawing)
        most = max(most, len(drawing.patches))
    assert most == MANY


def test_nothing_is_drawn_of_what_is_not_visible(start: PartialResult, tmp_path: Path):
    scene = LiveScene(start, Look(STRETCH), QRectF(0, 0, 20, 20), 2.0)
    drawing = draw(scene, None)
    scene = replace(scene, grown=with_tile(start, TILES[8], tmp_path))
    assert draw(scene, drawing).patches == drawing.patches
    assert draw(replace(scene, visible=QRectF(500, 500, 9, 9)), None).patches == ()
