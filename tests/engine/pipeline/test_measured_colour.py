"""Colours from the sky, through the real engine: what is painted, and what results say of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from hips_server import HipsServer, Sky, frame_wcs, grey_fits, png

from astroview.core.claim import claim_of
from astroview.core.colour import colour_space
from astroview.core.colour.chroma_guide import MEASURED, PAINTED, guides_folder
from astroview.core.enhance.enhanced import Enhanced
from astroview.core.enhance.results import frame_from_outputs
from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.frame import Frame, Window
from astroview.core.io.open_file import open_frame
from astroview.core.io.save_file import save_frame
from astroview.core.models.model_card import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.core.provenance import has_painted_colour, measured_by
from astroview.engine.pipeline.enhance import enhance, enhance_to
from astroview.engine.pipeline.verify import verify

SHAPE = (120, 160)
PLAIN = EnhanceOptions(device="cpu", superres=None)


@pytest.fixture
def field(sky: Sky, tmp_path: Path) -> Frame:
    (tmp_path / "field.fits").write_bytes(grey_fits(sky, SHAPE, frame_wcs(SHAPE)))
    return open_frame(tmp_path / "field.fits")


def nothing(*_: object) -> None:
    """No progress is shown."""


def test_measured_colour_is_painted_told_saved_and_verified(
    field: Frame, sky: Sky, server: HipsServer, tmp_path: Path
) -> None:
    options = replace(PLAIN, colour_from="dss2")
    made = enhance(field, options, tmp_path / "scratch", default_shelf(), nothing)
    truth = colour_space.srgb_to_oklab(sky.drawn(field.wcs, SHAPE, survey=False))[..., 1:]
    assert np.abs(made.read_chroma() - truth).mean() < 0.5 * np.abs(truth).mean()
    assert len(server.asked) == 1

    told = "\n".join(made.history)
    assert "colour measured by DSS2 at 1.9 arcsec, painted with: model colorizer" in told
    assert "The colour was measured by DSS2" in told
    assert "guess" not in told
    assert "credit: Digitized Sky Survey" in told
    assert measured_by(made) == "DSS2 at 1.9 arcsec"
    assert made.colour_known is not None
    told = repr(Enhanced(made.read(), made.read_chroma(), "upper", made))
    assert told.endswith(", scale 1, colour measured by DSS2 at 1.9 arcsec>")

    saved = save_frame(made, tmp_path / "out.fits", made.rendered)
    with fits.open(saved) as hdus:
        known = hdus["AI_COLOUR_KNOWN"].data
        header = hdus[0].header
        assert known.shape == SHAPE
        assert (known == MEASURED).mean() > 0.85
        assert header["AICOLSRC"] == "DSS2"
        assert header["AICOLRES"] == pytest.approx(2.2 / 1.18, rel=0.01)
        assert header["AIPHOT"] == "not for photometry"
    again = open_frame(saved)
    assert has_painted_colour(again)
    assert measured_by(again) == "DSS2 at 1.9 arcsec"
    assert verify(saved, tmp_path / "field.fits", default_shelf(), nothing).verdict == "identical"
    assert len(server.asked) == 1

    for path in guides_folder().iterdir():
        path.unlink()
    with pytest.raises(AstroviewError, match="colours measured by DSS2 cannot be read"):
        verify(saved, tmp_path / "field.fits", default_shelf(), nothing)


def test_a_guess_still_says_that_it_is_one(field: Frame, tmp_path: Path) -> None:
    made = enhance(field, PLAIN, tmp_path / "scratch", default_shelf(), nothing)
    assert measured_by(made) == ""
    assert made.colour_known is None
    assert "The colour is a guess" in "\n".join(made.history)


def test_a_pictures_folder_is_told_to_nobody(field: Frame, sky: Sky, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path / "cache"))
    rgb = sky.drawn(field.wcs, SHAPE)
    rgb[:, 100:] = 0
    (tmp_path / "half.png").write_bytes(png(rgb))
    options = replace(PLAIN, colour_from=str(tmp_path / "half.png"))
    outputs = enhance_to(field, options, tmp_path / "scratch", default_shelf(), nothing)
    made = frame_from_outputs(field, outputs)
    assert made.colour_known is not None
    known = made.colour_known.read(Window.whole(SHAPE), 1)
    assert (known[:, :90] == MEASURED).mean() > 0.85
    assert (known[:, 110:] == PAINTED).all()
    saved = save_frame(made, tmp_path / "out.fits", made.rendered)
    content = saved.read_bytes()
    assert str(tmp_path).encode() not in content
    assert b"half.png" in content
    claim = claim_of(open_frame(saved))
    assert claim is not None
    assert claim.options.colour_from == "half.png"
    picture = save_frame(made, tmp_path / "out.png", made.rendered)
    assert "measured by half.png" in "\n".join(open_frame(picture).history)


def test_a_frame_whose_colours_cannot_be_had_fails_in_words(
    field: Frame, server: HipsServer, tmp_path: Path
) -> None:
    options = replace(PLAIN, colour_from="dss2")
    with pytest.raises(AstroviewError, match="does not say where on the sky"):
        enhance_to(replace(field, wcs=None), options, tmp_path / "a", default_shelf(), nothing)
    server.wrong = "slow"

    def stop(*told: object) -> None:
        if str(told[-1]).startswith("fetching"):
            raise Cancelled

    with pytest.raises(Cancelled):
        enhance_to(field, options, tmp_path / "b", default_shelf(), stop)
