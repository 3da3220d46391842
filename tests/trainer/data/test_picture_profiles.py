"""Training pictures are decoded as the window shows them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from astroview.core.colour.colour_profiles import profile_of, srgb_icc, to_srgb
from astroview.core.io.open_file import open_frame
from trainer.data import pictures


def test_colour_profiles_are_obeyed(tmp_path: Path) -> None:
    srgb = np.zeros((8, 8, 3), np.uint8) + np.array([200, 40, 30], np.uint8)
    wide = profile_of("wide", 3, 1.8, primaries=(0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001))
    Image.fromarray(srgb).save(tmp_path / "plain.png")
    Image.fromarray(srgb).save(tmp_path / "wide.png", icc_profile=wide.icc)
    Image.fromarray(srgb).save(tmp_path / "same.png", icc_profile=srgb_icc(3))
    Image.fromarray(srgb).save(tmp_path / "broken.png", icc_profile=b"no profile")
    grey = profile_of("grey", 1, 1.0)
    Image.fromarray(srgb[..., 0]).save(tmp_path / "grey.png", icc_profile=grey.icc)
    found = {p.name: p.rgb[4, 4] for p in pictures.load(tmp_path)}
    for name in ("plain.png", "same.png", "broken.png"):
        assert found[name].tolist() == [200, 40, 30]
    wanted = 255 * to_srgb(np.float32([[[200, 40, 30]]]) / 255, wide)[0, 0]
    assert np.abs(found["wide.png"] - wanted).max() <= 1
    assert np.abs(found["wide.png"].astype(int) - (200, 40, 30)).max() > 20
    assert found["grey.png"].tolist() == [229] * 3  # linear light, as sRGB codes it
    shown = open_frame(tmp_path / "wide.png").read()[4, 4]
    assert np.abs(found["wide.png"] - shown).max() <= 1  # as the window shows it
