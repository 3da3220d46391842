"""Tiny models that are real: the bundled architectures, a few channels wide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from astropy.io import fits
from PIL import Image

from astroview.core import resources
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.networks import weights

TINY = EnhanceOptions(colorizer="tiny-colorizer", superres="tiny-superres", device="cpu")
TINY_FLAGS = ("--colorizer", "tiny-colorizer", "--superres", "tiny-superres", "--device", "cpu")


@pytest.fixture(scope="session")
def tiny_shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two tiny models."""
    folder = tmp_path_factory.mktemp("data")
    torch.manual_seed(3)
    colorizer = default_shelf().choose("auto", "colorize")
    superres = default_shelf().choose("auto", "superres")
    assert colorizer is not None
    assert superres is not None
    for card, hyper in (
        (colorizer, {"widths": [4, 4, 4], "middle": 1, "palettes": 16}),
        (superres, {"scale": 2, "width": 4, "blocks": 1}),
    ):
        name = f"tiny-{'colorizer' if card is colorizer else 'superres'}"
        small = replace(card, id=name, name=name, hyper=hyper)
        network = weights.build(card.architecture, hyper)
        with torch.no_grad():  # an untrained network leaves its input as it is
            for parameter in network.parameters():
                parameter.add_(0.02 * torch.randn_like(parameter))
        weights.store(small, network, folder / "models" / name)
    return folder


@pytest.fixture
def tiny_models(tiny_shelf: Path, monkeypatch: pytest.MonkeyPatch) -> EnhanceOptions:
    """Options with the tiny models, which workers find too."""
    monkeypatch.setenv("ASTROVIEW_DATA_DIR", str(tiny_shelf))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return TINY


@pytest.fixture(scope="session")
def cuts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Cuts of 160 x 160 pixels of the sample galaxy, with its header, and of the sample nebula."""
    place = tmp_path_factory.mktemp("cuts")
    cut = slice(240, 400)
    with fits.open(resources.sample("galaxy.fits")) as hdus:
        fits.writeto(place / "galaxy.fits", hdus[0].data[cut, cut], hdus[0].header)
    with Image.open(resources.sample("nebula.png")) as picture:
        picture.crop((240, 240, 400, 400)).save(place / "nebula.png")
    return place / "galaxy.fits", place / "nebula.png"


@pytest.fixture
def folder(tiny_frame: Path, tmp_path: Path) -> Path:
    """Three frames and one that is broken."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    with fits.open(tiny_frame) as hdus:
        for i, name in enumerate(("a.fits", "b.fits", "sub/a.fits")):
            fits.PrimaryHDU(hdus[0].data + i, hdus[0].header).writeto(folder / name)
    (folder / "broken.fits").write_text("not FITS at all")
    return folder
