"""A folder in which every documented command finds what it names: tiny, but real."""

from __future__ import annotations

import dataclasses
import shutil
import sys
from pathlib import Path

import coloured
import dithers
import hips_server
import numpy as np
import onnx_networks
import torch
import tuned
from astropy.io import fits
from PIL import Image

import astroview
from astroview.core.models.model_card import read_card
from astroview.engine.networks import weights

SHAPE = (96, 112)


def build(folder: Path, sky: hips_server.Sky) -> None:
    """Frames and pictures of the names that the pages give them."""
    wcs = hips_server.frame_wcs(SHAPE)
    grey = hips_server.grey_fits(sky, SHAPE, wcs)
    for name in ("m31.fits", "m31.fit", "ngc1234.fits", "frame.fits", "frames/a.fits",
                 "FRAMES/b.fits", "DIR/c.fits"):  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(grey)
    picture = (255 * sky.drawn(wcs, SHAPE)).astype(np.uint8)
    Image.fromarray(picture).save(folder / "m51-hubble.png")
    bands = np.stack([(1 + 0.1 * k) * fits.getdata(folder / "m31.fits") for k in range(4)])
    for band, samples in zip("griz", bands, strict=True):
        header = wcs.to_header()
        header["FILTER"] = band
        for name in (f"{band}.fits", f"m31_{band}.fits"):
            fits.writeto(folder / name, samples, header)
    fits.writeto(folder / "cube.fits", bands, wcs.to_header())
    (folder / "night").mkdir()
    for number, view in enumerate(dithers.dithers(3)):
        place = folder / f"night/{number}.fits"
        dithers.write(dithers.Sky.of(5), view, place, coordinates=True)
    for name in ("my-survey", "pictures"):
        for place in coloured.survey(folder / name, 5).iterdir():
            _grained(place)
    fits.writeto(folder / "my-survey/dark.fits", bands[0])
    shutil.copy(folder / "m51-hubble.png", folder / "my-survey/test.png")
    made = astroview.enhance(folder / "m31.fits", worker=False)
    made.save(folder / "m31_combined_x2.fits")


def _grained(place: Path) -> None:
    """Noise upon a picture that is as smooth as an enlarged one."""
    with Image.open(place) as picture:
        smooth = np.asarray(picture, np.float32)
    grain = np.random.default_rng(4).normal(0, 9, smooth.shape)
    Image.fromarray(np.clip(smooth + grain, 0, 255).astype(np.uint8)).save(place)


def put_models(folder: Path, shelf: Path) -> None:
    """Models of one's own on the shelf, and one of others beside the frames."""
    from spandrel.architectures.Compact.__arch.SRVGG import SRVGGNetCompact

    tuned.store_models(folder / "tiny")
    for like, name in (("colorize", "colorizer-tuned-m101"), ("superres", "my-model"),
                       ("superres", "ID")):  # fmt: skip
        card = read_card(folder / "tiny" / like)
        named = dataclasses.replace(card, id=name)
        weights.store_state(named, weights.state_of(card), shelf / name)
    theirs = SRVGGNetCompact(num_in_ch=3, num_out_ch=3, num_feat=8, num_conv=2, upscale=2)
    torch.save({"params": theirs.state_dict()}, folder / "RealESRGAN_x2plus.pth")
    onnx_networks.tiny(folder / "sharper_x4.onnx", scale=4)


def installed(folder: Path) -> Path:
    """A folder for PATH: the program, as it is called where it is installed."""
    folder.mkdir()
    program = folder / "astroview"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m astroview "$@"\n')
    program.chmod(0o755)
    return folder
