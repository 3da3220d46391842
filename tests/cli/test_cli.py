"""The real command line, as a subprocess, on real files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tifffile
import waiting
from astropy.io import fits
from PIL import Image

from astroview import __version__
from astroview.core.io.open_file import open_frame
from astroview.core.sky.wcs import sky_at


def astroview(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "astroview", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=280,
        env={k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")},
    )


def test_version_and_help() -> None:
    assert astroview("--version").stdout.strip() == f"astroview {__version__}"
    help_text = astroview("--help").stdout
    assert all(word in help_text for word in ("enhance", "info", "models", "demo", "--snapshot"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--enhance", "a.fits"],
        ["--snapshot", "out.png", "a.fits", "b.fits"],
        ["enhance"],
        ["enhance", "a.fits"],
        ["enhance", "a.fits", "--out", "o", "--scale", "3"],
        ["enhance", "a.fits", "--out", "o", "--scale", "1", "--no-colorize"],
        ["enhance", "a.fits", "--out", "o", "--palette", "ultraviolet stripes"],
        ["enhance", "a.fits", "--out", "o", "--device", "tpu"],
        ["enhance", "a.fits", "--out", "o", "--format", "gif"],
        ["enhance", "a.fits", "--out", "o", "--devices", "cuda:x"],
        ["enhance", "a.fits", "--out", "o", "--memory", "lots"],
        ["enhance", "a.fits", "--out", "o", "--name", "result"],
        ["enhance", "a.fits", "--out", "o", "--name", "{stem}{moon}"],
        ["enhance", "a.fits", "--out", "o", "--name", "../{stem}"],
        ["enhance", "a.fits", "--out", "o", "--resume", "--fresh"],
        ["enhance", "a.fits", "--out", "o", "--bands", "--watch"],
        ["info"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_code_2_and_writes_nothing(arguments: list[str], tmp_path: Path) -> None:
    run = astroview(*arguments, cwd=tmp_path)
    assert run.returncode == 2
    assert "Usage: astroview" in run.stderr
    assert not run.stderr.lower().startswith("usage")
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.iterdir())


def test_models_are_listed_with_their_palettes() -> None:
    run = astroview("models")
    assert run.returncode == 0
    assert "colorize" in run.stdout
    assert "superres" in run.stdout
    assert "palettes: " in run.stdout


def test_info_tells_what_is_in_a_file(tiny_frame: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.fits"
    run = astroview("info", tiny_frame, missing)
    assert run.returncode == 1
    for word in ("64 x 48", "float32", "adu", "arcsec per pixel", "asinh"):
        assert word in run.stdout
    assert "missing.fits" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.fresh_start
def test_enhance_keeps_header_and_sky_and_says_what_was_done(
    tiny_frame: Path, tmp_path: Path
) -> None:
    run = astroview("enhance", tiny_frame, "--out", tmp_path / "out", "--device", "cpu")
    assert (run.returncode, run.stderr) == (0, "")
    result = tmp_path / "out" / "tiny_combined_x2.fits"
    assert str(result) in run.stdout
    with fits.open(result, checksum=True) as hdus:
        assert hdus[0].data.shape == (3, 96, 128)
        assert hdus["LUMINANCE"].data.shape == (96, 128)
        assert hdus["LUMINANCE"].header["BUNIT"] == "adu"
        history = str(hdus[0].header["HISTORY"])
    assert "sha256" in history
    assert __version__ in history
    before, after = open_frame(tiny_frame), open_frame(result, "LUMINANCE")
    was, now = sky_at(before, 20.0, 17.0), sky_at(after, 40.5, 34.5)
    assert was is not None
    assert now == pytest.approx(was, abs=1e-9)
    blocks = after.read().reshape(48, 2, 64, 2).mean(axis=(1, 3))
    assert np.allclose(blocks, before.read(), rtol=1e-4, atol=1e-3)


def test_enhance_to_a_16_bit_picture(tiny_frame: Path, tmp_path: Path) -> None:
    run = astroview("enhance", tiny_frame, "--out", tmp_path, "--scale", 1, "--format", "tiff")
    assert run.returncode == 0, run.stderr
    picture = tifffile.imread(tmp_path / "tiny_colour_x1.tiff")
    assert (picture.shape, picture.dtype) == ((48, 64, 3), np.uint16)


def test_bad_files_are_named_with_a_reason_and_the_rest_goes_on(
    tiny_frame: Path, tmp_path: Path
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "empty.fits").touch()
    (folder / "page.fits").write_text("<html>404</html>")
    (folder / "table.fits").write_bytes(b"")
    table = fits.BinTableHDU.from_columns([fits.Column("flux", "E", array=np.arange(3.0))])
    table.writeto(folder / "table.fits", overwrite=True)
    (folder / "torn.fits").write_bytes(tiny_frame.read_bytes()[:6000])
    for name, shape in {"dot": (1, 1), "rows": (3, 40), "cube": (2, 30, 40)}.items():
        values = np.random.default_rng(1).normal(9, 1, shape).astype(np.float32)
        fits.PrimaryHDU(values).writeto(folder / f"{name}.fits")
    shutil.copy(tiny_frame, folder)

    run = astroview("enhance", folder, "--out", out)

    assert run.returncode == 1
    assert "Traceback" not in run.stderr + run.stdout
    written = {path.name.removesuffix("_combined_x2.fits") for path in out.glob("[!.]*")}
    failed = {Path(line.split(": failed:")[0]).stem for line in run.stderr.splitlines()}
    assert {"empty", "page", "table", "torn"} <= failed
    assert {"tiny", "cube"} <= written
    assert written | failed == {path.stem for path in folder.iterdir()}
    assert not written & failed


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    run = astroview("enhance", tmp_path, "--out", tmp_path / "out")
    assert run.returncode == 1
    assert "no frames" in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is sent as a Unix signal here")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_cleanly(sent: signal.Signals, samples: Path, tmp_path: Path) -> None:
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "astroview", "enhance", samples, "--out", out],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
        # Whatever started the tests may ignore Ctrl+C, as shells do for background jobs.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    waiting.until(lambda: list(scratch.glob("astroview-*/*")), "scratch files", 60)
    process.send_signal(sent)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + sent
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in said
    assert not list(out.glob("[!.]*"))
    assert not list(out.glob("*.part"))
    assert not list(scratch.iterdir())


def test_snapshot_renders_the_window(tiny_frame: Path, tmp_path: Path) -> None:
    out = tmp_path / "window.png"
    run = astroview("--snapshot", out, tiny_frame)
    assert (run.returncode, run.stderr) == (0, "")
    with Image.open(out) as picture:
        assert picture.width > 800
        colours = picture.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 100


def test_a_snapshot_of_a_broken_frame_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.fits"
    broken.write_text("no FITS")
    run = astroview("--snapshot", tmp_path / "window.png", broken)
    assert run.returncode == 1
    assert "broken.fits" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_demo_without_a_display_renders_it(tiny_frame: Path, tmp_path: Path) -> None:
    run = astroview("demo", tiny_frame, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("No display")
    assert len(run.stdout.splitlines()) == 1
    assert (tmp_path / "demo.png").stat().st_size > 10_000
