"""A batch whose colours come from a survey: the command in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from astropy.io import fits
from hips_server import Sky, frame_wcs, grey_fits, serving

SHAPE = (64, 80)


def test_a_frame_without_coordinates_fails_and_the_others_are_coloured(tmp_path: Path) -> None:
    sky = Sky(reach=0.01, stars=12)
    frames = tmp_path / "frames"
    frames.mkdir()
    (frames / "a.fits").write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE), told=False))
    (frames / "b.fits").write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE)))
    with serving(sky) as server:
        variables = os.environ | {
            "ASTROVIEW_HIPS2FITS": server.address,
            "ASTROVIEW_CACHE_DIR": str(tmp_path / "cache"),
            "OMP_NUM_THREADS": "1",
        }
        done = subprocess.run(
            [sys.executable, "-m", "astroview", "enhance", str(frames), "--out",
             str(tmp_path / "out"), "--scale", "1", "--device", "cpu", "--colour-from", "dss2"],
            capture_output=True, text=True, timeout=280, env=variables, check=False,
        )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "does not say where on the sky it is" in done.stdout + done.stderr
    (made,) = (tmp_path / "out").glob("*.fits")
    with fits.open(made) as hdus:
        assert hdus[0].header["AICOLSRC"] == "DSS2"
    wrong = subprocess.run(
        [sys.executable, "-m", "astroview", "enhance", str(frames), "--out", str(tmp_path / "x"),
         "--colour-from", "panstars"],
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert wrong.returncode != 0
    assert "neither a survey nor a colour picture" in wrong.stderr
    assert "Traceback" not in wrong.stderr
