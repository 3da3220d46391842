"""A job that is watched: the visible region first, the same pixels in the end."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from astroview.core import tiles
from astroview.core.colour.chroma_maps import load_maps
from astroview.core.colour_hints import Hint
from astroview.core.errors import Cancelled
from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.io.open_file import open_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions, Outputs
from astroview.engine.pipeline.enhance import enhance_to
from astroview.engine.runtime.cache import Cache
from astroview.engine.runtime.live_updates import Live, Watcher

OPTIONS = EnhanceOptions(device="cpu", tile=64, hints=(Hint(90, 60, 0.1, 0.05),))
FIRST = Window(70, 130, 20, 20)


def sky(height: int = 128, width: int = 176) -> Frame:
    rng = np.random.default_rng(11)
    y, x = np.mgrid[:height, :width]
    glow = 3000 * np.exp(-((y - 60) ** 2 + (x - 90) ** 2) / 900)
    picture = (rng.normal(400, 6, (height, width)) + glow).astype(np.float32)
    return Frame("sky", (height, width), 1, "linear", ArraySource(picture), None)


class Seen:
    """What a watcher was told, with copies of the windows as they stood then."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.tiles: list[tuple[str, Window, np.ndarray[Any, Any]]] = []
        self.coarse: list[Path] = []

    def watcher(self) -> Watcher:
        return Watcher(FIRST, lambda path, _: self.coarse.append(path), self.tile)

    def tile(self, part: str, window: Window) -> None:
        array = np.load(self.scratch / f"{part}.npy", mmap_mode="r")
        self.tiles.append((part, window, np.array(array[window.slices])))


def run(
    frame: Frame, options: EnhanceOptions, scratch: Path, live: Live | None = None
) -> tuple[Outputs, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    outputs = enhance_to(frame, options, scratch, default_shelf(), lambda *_: None, live)
    assert outputs.chroma
    return outputs, np.load(outputs.source), np.load(outputs.chroma)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory):
    return run(sky(), OPTIONS, tmp_path_factory.mktemp("plain"))


def test_the_visible_region_comes_first_and_the_end_is_the_same(plain, tmp_path: Path):
    seen = Seen(tmp_path)
    _, source, chroma = run(sky(), OPTIONS, tmp_path, Live(Cache(), seen.watcher()))
    assert np.allclose(source, plain[1], rtol=1e-6)
    assert np.abs(chroma.astype(np.float32) - plain[2].astype(np.float32)).max() < 1e-3
    assert len(seen.coarse) == 1
    for part, final in (("source", source), ("chroma", chroma)):
        told = [(w, values) for kind, w, values in seen.tiles if kind == part]
        cover = np.zeros(final.shape[:2], int)
        for window, values in told:
            cover[window.slices] += 1
            assert np.array_equal(values, final[window.slices])  # final when told
        assert (cover == 1).all()
        y, x, (first, _) = FIRST.y * 2, FIRST.x * 2, told[0]
        assert first.y < y + 2 * FIRST.height
        assert first.y + first.height > y
        assert first.x < x + 2 * FIRST.width
        assert first.x + first.width > x


def test_colours_at_a_glance_are_near_those_of_the_end(plain, tmp_path: Path):
    seen = Seen(tmp_path)
    run(sky(), OPTIONS, tmp_path, Live(Cache(), seen.watcher()))
    maps = load_maps(seen.coarse[0])
    from astroview.core.colour import colour_space
    from astroview.core.colour.stretch import Stretch

    stretch = Stretch.from_dict(plain[0].rendered)
    light = colour_space.lightness(np.clip(stretch.forward(sky().read()), 0, 1))
    glance = maps.at(np.arange(128) + 0.5, np.arange(176) + 0.5, light)
    end = plain[2].reshape(128, 2, 176, 2, 2).astype(np.float32).mean((1, 3))
    assert np.abs(colour_space.fit_gamut(light, glance) - end).mean() < 0.02


def test_recolouring_keeps_the_samples_and_equals_a_fresh_result(plain, tmp_path: Path):
    other = replace(OPTIONS, palette="copper", hints=())
    fresh = run(sky(), other, tmp_path / "fresh")
    live = Live(Cache(), base=plain[0])
    outputs, _, chroma = run(sky(), other, tmp_path / "again", live)
    assert outputs.source == plain[0].source
    assert not (tmp_path / "again" / "source.npy").exists()
    assert np.array_equal(chroma, fresh[2])
    assert outputs.scale == 2
    assert sum("super-resolution" in line for line in outputs.history) == 1
    assert sum("colour painted" in line for line in outputs.history) == 1


def test_what_the_network_said_is_kept_for_the_next_hint(tiny_frame: Path, tmp_path: Path):
    memo, shelf = Cache(), default_shelf()

    def made(name: str, options: EnhanceOptions, memo: Cache) -> np.ndarray[Any, Any]:
        scratch, live = tmp_path / name, Live(memo)
        args = (open_frame(tiny_frame), options, scratch, shelf, lambda *_: None, live)
        return np.load(str(enhance_to(*args).chroma))

    first = made("a", replace(OPTIONS, hints=()), memo)
    again = made("b", replace(OPTIONS, hints=()), memo)
    hinted, alone = (made(str(i), OPTIONS, m) for i, m in enumerate((memo, Cache(0))))
    assert np.array_equal(first, again)
    assert np.array_equal(hinted, alone)
    assert np.abs(hinted - first).max() > 0.01


def test_a_memo_forgets_what_was_not_asked_for_longest():
    memo, made = Cache(limit=3_000_000), []

    def make(name: str) -> np.ndarray[Any, Any]:
        made.append(name)
        return np.zeros(1_000_000, np.uint8)

    for name in ("a", "b", "a", "c", "a", "b"):
        memo.recall(name, lambda n=name: make(n))
    assert made == ["a", "b", "c", "b"]
    memo.recall(None, lambda: make("x"))
    memo.recall(None, lambda: make("x"))
    assert made[-2:] == ["x", "x"]


def test_cancel_is_heard_while_hints_are_spread(tmp_path: Path):
    def stop(_done: int, _of: int, note: str = "") -> None:
        if note == "colouring":
            raise Cancelled

    with pytest.raises(Cancelled):
        enhance_to(sky(), OPTIONS, tmp_path, default_shelf(), stop)


@pytest.mark.parametrize("shape", [(1, 1), (50, 300), (129, 130)])
def test_a_ledger_tells_each_pixel_once(shape: tuple[int, int]):
    plan = tiles.plan(shape, 48, 8, 4)
    ledger, cover = tiles.Ledger(plan), np.zeros(shape, int)
    for tile in tiles.nearest_first(plan, Window(20, 20, 5, 5)):
        for window in ledger.done(tile):
            cover[window.slices] += 1
    assert (cover == 1).all()


def test_memory_says_how_many_tiles_are_computed_at_once_and_never_which():
    shelf, gb = default_shelf(), 2**30
    for task in ("colorize", "superres"):
        card = shelf.choose("auto", task)  # type: ignore[arg-type]
        assert card is not None
        live = [Live(Cache(0), memory=n) for n in (1, gb, 99 * gb)]
        sizes = {one.tile_size(card, "cpu") for one in live}
        assert sizes == {card.tiling.size}
        counts = [one.at_once(card, 2, card.tiling.size, 8) for one in live]
        assert counts == sorted(counts)
        assert counts[0] == 1
        assert counts[2] == 8
        assert 1 <= Live(Cache(0)).at_once(card, 2, card.tiling.size, 8) <= 8
