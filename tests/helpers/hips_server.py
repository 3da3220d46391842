"""A sky in colour of our own making, and a server that draws it as hips2fits does: onto the WCS
that it is asked for, as PNG, blank where its survey ends.
"""

from __future__ import annotations

import io
import json
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS
from numpy.typing import NDArray
from PIL import Image

from astroview.core.colour import colour_space

RA, DEC = 150.0, 2.2
FloatArray = NDArray[np.float64]


class Sky:
    """Stars and clouds by RA and Dec: linear red, green and blue."""

    def __init__(self, seed: int = 1, stars: int = 90, reach: float = 0.06) -> None:
        rng = np.random.default_rng(seed)
        self.at = rng.uniform(-reach, reach, (stars, 2))
        self.flux = 10 ** rng.uniform(-1.0, 0.6, stars)
        warm = rng.uniform(0, 1, stars)[:, None]
        self.hue = warm * [1.0, 0.6, 0.3] + (1 - warm) * [0.4, 0.7, 1.0]
        self.width = 1.0 / 3600
        self.cloud = 0.2 * reach
        self.clouds = rng.uniform(-reach, reach, (7, 2))
        self.cloud_hue = rng.dirichlet([1, 1, 1], 7) * 0.5
        self.moved: list[tuple[float, float]] = []  # offsets of what only the survey has

    def rgb(self, ra: FloatArray, dec: FloatArray, survey: bool = True) -> FloatArray:
        """(..., 3) linear light at places in degrees."""
        x, y = (ra - RA) * np.cos(np.radians(DEC)), dec - DEC
        light = np.full((*x.shape, 3), 0.006)
        for (a, b), flux, hue in zip(self.at, self.flux, self.hue, strict=True):
            _add_spot(light, x - a, y - b, self.width, flux * hue)
        for (a, b), hue in zip(self.clouds, self.cloud_hue, strict=True):
            _add_spot(light, x - a, y - b, self.cloud, 0.3 * hue)
        for a, b in self.moved if survey else ():
            _add_spot(light, x - a, y - b, 2 * self.width, np.array([0.05, 0.9, 0.1]))
        return light

    def drawn(self, wcs: WCS, shape: tuple[int, int], survey: bool = True) -> FloatArray:
        """(H, W, 3) sRGB in 0..1, top row first, of a WCS that counts rows from the bottom."""
        across, up = np.meshgrid(np.arange(shape[1]), np.arange(shape[0])[::-1])
        ra, dec = wcs.wcs_pix2world(across, up, 0)
        light = self.rgb(ra, dec, survey)
        return colour_space.encode_srgb(np.clip(light, 0, 1).astype(np.float32))


def _add_spot(
    light: FloatArray, x: FloatArray, y: FloatArray, width: float, hue: FloatArray
) -> None:
    near = (np.abs(x) < 5 * width) & (np.abs(y) < 5 * width)
    spot = np.exp(-(x[near] ** 2 + y[near] ** 2) / (2 * width**2))
    light[near] += hue * spot[:, None]


def frame_wcs(shape: tuple[int, int], arcsec: float = 0.5, turn: float = 20.0) -> WCS:
    """A tangent plane in the middle of the sky, turned."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype, wcs.wcs.cunit = ["RA---TAN", "DEC--TAN"], ["deg", "deg"]
    wcs.wcs.crval, wcs.wcs.crpix = [RA, DEC], [shape[1] / 2, shape[0] / 2]
    a, step = np.radians(turn), arcsec / 3600
    wcs.wcs.cd = step * np.array([[-np.cos(a), np.sin(a)], [np.sin(a), np.cos(a)]])
    return wcs


def grey_fits(sky: Sky, shape: tuple[int, int], wcs: WCS, *, told: bool = True) -> bytes:
    """A frame of the sky as one broad band sees it, in electrons; ``told``: with its WCS."""
    across, up = np.meshgrid(np.arange(shape[1]), np.arange(shape[0]))
    light = sky.rgb(*wcs.wcs_pix2world(across, up, 0), survey=False).mean(-1)
    noise = np.random.default_rng(3).normal(0, 2.0, shape)
    held = io.BytesIO()
    header = wcs.to_header() if told else None
    fits.PrimaryHDU((100 + 3000 * light + noise).astype(np.float32), header).writeto(held)
    return held.getvalue()


def png(rgb: FloatArray, alpha: NDArray[np.bool_] | None = None) -> bytes:
    """sRGB in 0..1 as a PNG."""
    planes = [np.round(255 * np.clip(rgb, 0, 1)).astype(np.uint8)]
    if alpha is not None:
        planes.append((255 * alpha[..., None]).astype(np.uint8))
    held = io.BytesIO()
    Image.fromarray(np.concatenate(planes, -1)).save(held, "PNG")
    return held.getvalue()


def vast_png() -> bytes:
    """A few bytes that say they are 30000 pixels wide and high."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 30000, 30000, 8, 6, 0, 0, 0)
    small = png(np.zeros((1, 1, 3)))
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


class HipsServer(ThreadingHTTPServer):
    """``asked`` holds the questions; ``wrong`` says how it misbehaves."""

    daemon_threads = True

    def __init__(self, sky: Sky) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.sky = sky
        self.asked: list[dict[str, str]] = []
        self.wrong = ""  # "page" "500" "slow" "empty" "size" "damaged" "away" "endless" "vast"
        self.blank: set[str] = set()  # HiPS that have nothing here
        self.ends = False  # the survey's left half only

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hips2fits"


@contextmanager
def serving(sky: Sky) -> Iterator[HipsServer]:
    """The server, on a port of its own."""
    with HipsServer(sky) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.wrong = ""  # what waits, ends
            server.shutdown()
            thread.join()


class _Answer(BaseHTTPRequestHandler):
    server: HipsServer

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def do_GET(self) -> None:
        asked = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        self.server.asked.append(asked)
        wrong = self.server.wrong
        if wrong == "page":
            self._say(b"<!DOCTYPE html><html>Log in to the hotel's network</html>", "text/html")
        elif wrong == "500":
            self.send_error(500, "no such HiPS")
        elif wrong == "away":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif wrong == "slow":
            while self.server.wrong == "slow":
                time.sleep(0.02)
        elif wrong == "empty":
            self._say(b"", "image/png")
        elif wrong == "endless":
            self._endless()
        elif wrong == "vast":
            self._say(vast_png(), "image/png")
        else:
            self._picture(asked, wrong)

    def _picture(self, asked: dict[str, str], wrong: str) -> None:
        header: dict[str, Any] = json.loads(asked["wcs"])
        shape = int(header["NAXIS2"]), int(header["NAXIS1"])
        wcs = WCS(fits.Header(header), naxis=2)
        rgb = self.server.sky.drawn(wcs, shape)
        alpha = np.full(shape, asked["hips"] not in self.server.blank)
        if self.server.ends:
            alpha[:, shape[1] // 2 :] = False
        content = png(np.where(alpha[..., None], rgb, 0), alpha)
        content = png(rgb[:-2], alpha[:-2]) if wrong == "size" else content
        self._say(content[: len(content) // 2] if wrong == "damaged" else content, "image/png")

    def _endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"\x89PNG\r\n\x1a\n")
        try:
            while self.server.wrong == "endless":
                self.wfile.write(b"0" * 65536)
        except OSError:
            pass

    def _say(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
