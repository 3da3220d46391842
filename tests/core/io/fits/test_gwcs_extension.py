"""The sky of JWST and Roman files that is in an ASDF extension only."""

from __future__ import annotations

import io
import socketserver
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.colour.stretch import auto_stretch
from astroview.core.io.open_file import open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.sky.wcs import sky_at

pytestmark = pytest.mark.filterwarnings("ignore")  # of asdf and gwcs, about versions of schemas


def observed(path: Path, tree: bytes | None = None) -> Any:
    """A file whose only coordinates are generalised ones, with distortion; returns these."""
    asdf = pytest.importorskip("asdf", reason="the extra “jwst” is not installed")
    gwcs = pytest.importorskip("gwcs", reason="the extra “jwst” is not installed")
    from astropy import coordinates, units
    from astropy.modeling import models
    from gwcs import coordinate_frames

    bent = models.Polynomial2D(2, c1_0=1, c2_0=1e-4) & models.Polynomial2D(2, c0_1=1, c0_2=2e-4)
    sky = (
        models.Shift(-31.5) & models.Shift(-23.5) | models.Mapping((0, 1, 0, 1)) | bent
        | models.Scale(-1e-4) & models.Scale(1e-4)
        | models.Pix2Sky_TAN() | models.RotateNative2Celestial(210.8, 54.3, 180)
    )  # fmt: skip
    pixels = coordinate_frames.Frame2D(name="detector", unit=(units.pix, units.pix))
    world = coordinate_frames.CelestialFrame(
        reference_frame=coordinates.ICRS(), name="world", unit=(units.deg, units.deg)
    )
    wcs = gwcs.WCS([(pixels, sky), (world, None)])
    wcs.bounding_box = ((-0.5, 63.5), (-0.5, 47.5))
    file = io.BytesIO()
    asdf.AsdfFile({"meta": {"wcs": wcs}}).write_to(file)
    content = np.frombuffer(tree or file.getvalue(), np.uint8)
    column = fits.Column("ASDF_METADATA", f"{content.size}B", array=content[None])
    image = fits.ImageHDU(np.random.default_rng(1).random((48, 64)).astype("f4"), name="SCI")
    table = fits.BinTableHDU.from_columns([column], name="ASDF")
    fits.HDUList([fits.PrimaryHDU(), image, table]).writeto(path, overwrite=True)
    return wcs


def test_the_sky_is_that_of_the_extension(tmp_path: Path) -> None:
    wcs = observed(tmp_path / "a.fits")
    frame = open_frame(tmp_path / "a.fits")
    for x, y in ((0, 0), (63, 5), (20, 47)):
        assert np.allclose(sky_at(frame, x, 47 - y), wcs(x, y), rtol=0, atol=1e-7)
    assert "GWCS" in frame.note
    again = open_frame(save_frame(frame, tmp_path / "b.fits", auto_stretch(frame)))
    assert np.allclose(sky_at(again, 20, 30), sky_at(frame, 20, 30), rtol=0, atol=1e-9)


@pytest.mark.parametrize("tree", [b"#ASDF 1.0.0\n--- !<tag:nobody/knows-1.0.0> {meta: 3}\n...\n",
                                  b"#ASDF rubbish", b"nothing of the kind"])  # fmt: skip
def test_a_tree_that_is_not_understood_leaves_the_picture(tmp_path: Path, tree: bytes) -> None:
    observed(tmp_path / "a.fits", tree)
    frame = open_frame(tmp_path / "a.fits")
    assert frame.wcs is None
    assert frame.read().shape == (48, 64)


HEAD = (
    b"#ASDF 1.0.0\n#ASDF_STANDARD 1.5.0\n%YAML 1.1\n%TAG ! tag:stsci.edu:asdf/\n"
    b"--- !core/asdf-1.1.0\n"
)
ARRAY = b"""wcs: !core/ndarray-1.0.0
  source: %s
  datatype: float64
  shape: [3]
  byteorder: little
"""
BOMB = b"a0: &a0 [1, 1, 1, 1]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10)
)


@pytest.mark.parametrize(
    "tree",
    [ARRAY % b"file:///etc/passwd", b"wcs:\n  $ref: http://127.0.0.1:9/a.asdf#b\n", BOMB,
     b"wcs: &a {b: *a}\n", b"wcs: " + b"[" * 3000 + b"]" * 3000 + b"\n", b"wcs: {a: *nobody}\n"],
    ids=["a file", "a reference", "multiplied", "itself", "deep", "unknown"],
)  # fmt: skip
def test_a_tree_that_leads_elsewhere_or_has_no_end_is_not_obeyed(
    tmp_path: Path, tree: bytes
) -> None:
    observed(tmp_path / "a.fits", HEAD + tree + b"...\n")
    frame = open_frame(tmp_path / "a.fits")
    assert "not understood" in frame.note
    assert frame.read().shape == (48, 64)


def test_an_array_on_the_web_is_not_fetched(tmp_path: Path) -> None:
    """asdf asks for it as soon as the file is opened."""
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        server.timeout = 0.5
        place = b"http://127.0.0.1:%d/a.asdf" % server.server_address[1]
        observed(tmp_path / "a.fits", HEAD + ARRAY % place + b"...\n")
        asked: list[Any] = []
        server.verify_request = lambda *request: bool(asked.append(request))
        serving = threading.Thread(target=server.handle_request)
        serving.start()
        assert "lies elsewhere" in open_frame(tmp_path / "a.fits").note
        serving.join()
        assert not asked


def test_without_the_packages_one_sentence_says_how(tmp_path: Path) -> None:
    observed(tmp_path / "a.fits")
    run = (
        "import sys, importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'gwcs' else find(name, *a)\n"
        "from astroview.__main__ import main\n"
        f"sys.exit(main(['info', {str(tmp_path / 'a.fits')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True)
    assert done.returncode == 0
    assert "pip install 'astroview-app[jwst]'" in done.stdout
