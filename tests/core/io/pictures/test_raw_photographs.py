"""Raw photographs: what the sensor measured, or the command that brings the reader."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import list_hdus, open_frame

COLOUR = np.array([900, 500, 100])
BLACK = 64


def dng(path: Path, pattern: tuple[int, int, int, int] = (0, 1, 1, 2)) -> Path:
    """A photograph of one colour: a thumbnail first, and the sensor's samples behind it."""
    y, x = np.mgrid[:64, :96]
    mosaic = COLOUR[np.array(pattern)[2 * (y % 2) + x % 2]] + BLACK
    matrix = tuple(v for n in (1, 0, 0, 0, 1, 0, 0, 0, 1) for v in (n, 1))
    camera: list[Any] = [
        (50706, "B", 4, (1, 4, 0, 0), True),
        (50708, "s", 0, "Test camera", True),
        (50721, 10, 9, matrix, True),
        (50728, 5, 3, (1, 1, 1, 1, 1, 1), True),
        (271, "s", 0, "Test", True),
        (272, "s", 0, "camera", True),
    ]
    sensor: list[Any] = [
        (33421, "H", 2, (2, 2), True),
        (33422, "B", 4, bytes(pattern), True),
        (50714, "H", 1, BLACK, True),
        (50717, "H", 1, 4095, True),
    ]
    with tifffile.TiffWriter(path) as file:
        small = np.zeros((16, 24, 3), np.uint8)
        file.write(small, subfiletype=1, photometric="rgb", subifds=1, metadata=None,
                   extratags=camera)  # fmt: skip
        file.write(mosaic.astype(np.uint16), photometric="cfa", metadata=None, extratags=sensor)
    return path


@pytest.mark.parametrize("pattern", [(0, 1, 1, 2), (2, 1, 1, 0), (1, 0, 2, 1), (1, 2, 0, 1)])
def test_a_raw_photograph_is_shown_as_it_was_measured(tmp_path: Path, pattern: Any) -> None:
    pytest.importorskip("rawpy", reason="the extra “raw” is not installed")
    path = dng(tmp_path / "a.dng", pattern)
    frame = open_frame(path)
    assert (frame.shape, frame.channels, frame.kind) == ((64, 96), 3, "linear")
    assert np.allclose(frame.read(), COLOUR)
    assert "debayered" in frame.note
    assert list_hdus(path)[0].shape == (64, 96)


def test_a_broken_one_is_told(tmp_path: Path) -> None:
    pytest.importorskip("rawpy", reason="the extra “raw” is not installed")
    path = tmp_path / "a.nef"
    path.write_bytes(dng(tmp_path / "b.dng").read_bytes()[:900])
    with pytest.raises(UnreadableFrame, match="raw photograph"):
        open_frame(path)


def test_under_another_name_it_is_refused_and_its_thumbnail_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFrame, match="colour camera"):
        open_frame(dng(tmp_path / "a.tif"))


def test_without_the_reader_the_command_is_told(tmp_path: Path) -> None:
    """A Python that finds no rawpy, in a process of its own."""
    path = dng(tmp_path / "a.dng")
    run = (
        "import sys, importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'rawpy' else find(name, *a)\n"
        "from astroview.__main__ import main\n"
        f"sys.exit(main(['info', {str(path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True)
    assert done.returncode == 1
    assert "pip install 'astroview-app[raw]'" in done.stderr + done.stdout
