"""What napari loads of astroview: the manifest by the real npe2, the reader, and the layers of a
result. The widget is tried in napari itself by `tools.delivery.napari_trial`.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from PIL import Image

import astroview
from astroview import bridges
from astroview.bridges.napari_layers import layers_of
from astroview.bridges.napari_reader import get_reader, read
from astroview.core.errors import AstroviewError

MANIFEST = Path(bridges.__file__).with_name("napari.yaml")
BY_NPE2 = """
import sys, npe2
from npe2 import PluginManager, PluginManifest
manifest = PluginManifest.from_file(sys.argv[1])
PluginManager.instance().register(manifest)
(data, about, kind), = npe2.read([sys.argv[2]], stack=False, plugin_name="astroview-app")
print(manifest.contributions.widgets[0].display_name, data.shape, about["units"], kind)
print("napari" in sys.modules, "torch" in sys.modules)
"""


@pytest.mark.skipif(find_spec("npe2") is None, reason="npe2 is not installed (extra “test”)")
def test_npe2_finds_and_runs_the_reader(samples: Path) -> None:
    """In a process of its own: npe2 warns of itself when it is imported."""
    ran = subprocess.run(
        [sys.executable, "-c", BY_NPE2, str(MANIFEST), str(samples / "galaxy.fits")],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "Enhance (640, 640) ('arcsec', 'arcsec') image",
        "False False",
    ]


def test_the_package_says_where_its_manifest_is() -> None:
    root = MANIFEST.parents[2]
    told = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    place = told["entry-points"]["napari.manifest"][told["name"]]
    module, _, name = place.partition(":")
    assert root.joinpath(*module.split("."), name) == MANIFEST
    assert f"name: {told['name']}\n" in MANIFEST.read_text()


def test_a_layer_is_the_file_with_its_sky(samples: Path) -> None:
    file = str(samples / "galaxy.fits")
    reader = get_reader(file)
    assert reader
    ((data, about, kind),) = reader(file)
    assert kind == "image"
    assert np.array_equal(data, fits.getdata(file).astype(np.float32))  # indices are FITS's
    down, right = about["scale"]
    assert down == pytest.approx(-right)  # up is up
    assert right == pytest.approx(0.55, rel=1e-3)  # arcseconds, as the sample's header says
    assert about["metadata"]["unit"] == "adu"
    assert about["metadata"]["wcs"].wcs.crval[0] == fits.getheader(file)["CRVAL1"]


def test_cubes_are_stacks_and_pictures_are_in_colour(tmp_path: Path) -> None:
    cube = np.arange(3 * 20 * 30, dtype=np.float32).reshape(3, 20, 30)
    cube = np.concatenate([cube, cube[:2] + 7])  # five planes: three would be colours
    fits.PrimaryHDU(cube).writeto(tmp_path / "cube.fits")
    ((data, about, _),) = read(str(tmp_path / "cube.fits"))
    assert np.array_equal(data, cube)
    assert about["scale"] == (1.0, -1.0, 1.0)
    assert "units" not in about
    colour = np.zeros((24, 32, 3), np.uint8)
    colour[:6, :, 0] = 255  # red above
    Image.fromarray(colour).save(tmp_path / "colour.png")
    ((data, about, _),) = read([str(tmp_path / "colour.png")])
    assert about["rgb"] is True
    assert data.shape == (24, 32, 3)
    assert data[-1, 0].tolist() == [1, 0, 0]
    assert data[0, 0].tolist() == [0, 0, 0]


def test_what_is_no_frame_is_left_to_others_or_told(tmp_path: Path) -> None:
    assert get_reader(str(tmp_path / "cells.czi")) is None
    (tmp_path / "torn.fits").write_bytes(b"SIMPLE  =")
    with pytest.raises(AstroviewError):
        read(str(tmp_path / "torn.fits"))


def test_a_result_lies_over_what_it_was_made_of(tiny_frame: Path) -> None:
    ((data, about, _),) = read(str(tiny_frame))
    about = {"translate": np.zeros(2), **about}
    made = astroview.enhance(data, colorize=False, origin="lower", kind="linear", worker=False)
    (fine, told, _), (half, unsure, _) = layers_of(made, about)
    height, width = data.shape
    assert np.allclose(fine.reshape(height, 2, width, 2).mean((1, 3)), data, rtol=1e-5)
    for corner in (np.array([-0.5, -0.5]), np.array([height - 0.5, width - 0.5])):
        coarse = np.array(about["scale"]) * corner
        same = told["translate"] + told["scale"] * (2 * corner + 0.5)
        assert np.allclose(coarse, same)
    assert half.shape == fine.shape
    assert unsure["visible"] is False
    before, after = about["metadata"]["wcs"], told["metadata"]["wcs"]
    assert np.allclose(
        before.pixel_to_world_values(10, 20), after.pixel_to_world_values(20.5, 40.5)
    )
    assert "superres" in " ".join(told["metadata"]["history"])
