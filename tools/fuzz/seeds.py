"""Small sound files of every kind, which damage is done to; and those of a folder."""

from __future__ import annotations

import base64
import bz2
import gzip
import lzma
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import tifffile
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.table import Table
from PIL import Image

from tools.fuzz.mutations import MOST

SHAPE = (24, 32)
REGIONS = b"""# Region file format: DS9 version 4.1
global color=green
fk5
circle(202.47,47.19,10") # text={star}
-box(202.47,47.20,20",10",30)
image;polygon(1,1,20,1,20,20)
ellipse(13:29:52,+47:11:40,5",3",20)
"""


def made() -> dict[str, bytes]:
    """Content by name."""
    return {**_fits(), **_pictures(), **_coded(), **_xisf(), **_tables(), "a.reg": REGIONS}


def gathered(folder: Path, suffixes: tuple[str, ...], each: int = 40) -> dict[str, bytes]:
    """Files of a folder, at most so many of a kind, the small ones first."""
    found: dict[str, bytes] = {}
    files = [path for path in folder.rglob("*") if path.is_file()]
    for suffix in suffixes:
        alike = sorted(
            (path for path in files if path.name.lower().endswith(suffix)),
            key=lambda path: path.stat().st_size,
        )
        for path in alike[:each]:
            with path.open("rb") as file:
                found[str(path.relative_to(folder))] = file.read(MOST)
    return found


def _sky() -> np.ndarray:
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    noise = np.random.default_rng(1).normal(100, 5, SHAPE)
    return noise + 900 * np.exp(-((x - 12) ** 2 + (y - 9) ** 2) / 8)


def _fits() -> dict[str, bytes]:
    sky = _sky()
    wcs = {"CTYPE1": "RA---TAN-SIP", "CTYPE2": "DEC--TAN-SIP", "CRVAL1": 202.47, "CRVAL2": 47.19,
           "CRPIX1": 16.0, "CRPIX2": 12.0, "CD1_1": -1e-4, "CD1_2": 0.0, "CD2_1": 0.0,
           "CD2_2": 1e-4, "A_ORDER": 2, "B_ORDER": 2, "A_2_0": 1e-6, "B_0_2": 1e-6,
           "BUNIT": "adu", "BSCALE": 1.0, "BZERO": 0.0}  # fmt: skip
    files: dict[str, bytes] = {}
    for kind in ("u1", "i2", "i4", "f4", "f8"):
        hdu = fits.PrimaryHDU(sky.astype(kind))
        hdu.header.update({k: v for k, v in wcs.items() if kind[0] == "f" or k[0] != "B"})
        files[f"{kind}.fits"] = _written(hdu)
    for method in ("RICE_1", "GZIP_1", "GZIP_2", "PLIO_1", "HCOMPRESS_1"):
        packed = fits.CompImageHDU(sky.astype(np.int16), compression_type=method)
        files[f"{method}.fz"] = _written(fits.PrimaryHDU(), packed)
    files["planes.fits"] = _written(fits.PrimaryHDU(np.stack([sky] * 3).astype("f4")))
    table = fits.BinTableHDU(Table({"ra": [1.0, 2.0], "dec": [3.0, 4.0], "n": ["a", "b"]}))
    files["many.fits"] = _written(
        fits.PrimaryHDU(), fits.ImageHDU(sky.astype("f4"), name="SCI"), table,
        fits.ImageHDU(sky.astype("i2"), name="DQ"),
    )  # fmt: skip
    files["table.fits"] = _written(fits.PrimaryHDU(), table)
    plain = files["f4.fits"]
    files |= {"f4.fits.gz": gzip.compress(plain), "f4.fits.bz2": bz2.compress(plain),
              "f4.fits.xz": lzma.compress(plain)}  # fmt: skip
    return files


def _written(*hdus: Any) -> bytes:
    out = BytesIO()
    fits.HDUList(list(hdus)).writeto(out, output_verify="ignore")
    return out.getvalue()


def _pictures() -> dict[str, bytes]:
    grey = np.clip(_sky() / 4, 0, 255).astype(np.uint8)
    colour = np.stack([grey, grey // 2, 255 - grey], -1)
    files: dict[str, bytes] = {}
    for mode, kinds in {
        "L": ("png", "jpeg", "tiff", "bmp", "gif", "webp"), "RGB": ("png", "jpeg", "tiff", "webp"),
        "P": ("png", "gif", "tiff"), "1": ("png", "tiff"), "LA": ("png",), "RGBA": ("png", "tiff"),
        "CMYK": ("jpeg", "tiff"), "F": ("tiff",), "I;16": ("png", "tiff"),
    }.items():  # fmt: skip
        for kind in kinds:
            out = BytesIO()
            source = Image.fromarray(grey.astype(np.uint16) * 200 if mode == "I;16" else colour)
            (source if mode == "I;16" else source.convert(mode)).save(out, kind)
            files[f"{mode}.{kind}".replace(";", "")] = out.getvalue()
    for name, options in {
        "tiled": {"tile": (16, 16), "compression": "zlib"}, "lzw": {"compression": "lzw"},
        "big": {"bigtiff": True}, "predicted": {"compression": "zlib", "predictor": True},
        "planar": {"planarconfig": "separate", "photometric": "rgb"},
    }.items():  # fmt: skip
        out = BytesIO()
        data = np.moveaxis(colour, -1, 0) if name == "planar" else grey.astype(np.uint16)
        tifffile.imwrite(out, data, **options)  # pyright: ignore[reportArgumentType]
        files[f"{name}.tif"] = out.getvalue()
    files["deep.png"] = bytes(imagecodecs.png_encode(colour.astype(np.uint16) * 200))
    files["a.j2k"] = bytes(imagecodecs.jpeg2k_encode(grey))
    return files


def _coded() -> dict[str, bytes]:
    """AVIF, JPEG XL, and a raw photograph with its thumbnail."""
    grey = np.clip(_sky() / 4, 0, 255).astype(np.uint8)
    colour = np.stack([grey, grey // 2, 255 - grey], -1)
    deep = colour.astype(np.uint16) * 200
    files = {
        "a.avif": bytes(imagecodecs.avif_encode(colour)),
        "a.jxl": bytes(imagecodecs.jpegxl_encode(colour)),
        "deep.jxl": bytes(imagecodecs.jpegxl_encode(deep)),
        "grey.jxl": bytes(imagecodecs.jpegxl_encode(grey)),
    }
    matrix = tuple(v for n in (1, 0, 0, 0, 1, 0, 0, 0, 1) for v in (n, 1))
    camera: list[Any] = [(50706, "B", 4, (1, 4, 0, 0), True), (50708, "s", 0, "Camera", True),
                         (50721, 10, 9, matrix, True)]  # fmt: skip
    sensor: list[Any] = [(33421, "H", 2, (2, 2), True), (33422, "B", 4, bytes((0, 1, 1, 2)), True),
                         (50714, "H", 1, 64, True), (50717, "H", 1, 65535, True)]  # fmt: skip
    out = BytesIO()
    with tifffile.TiffWriter(out) as file:
        file.write(colour[::2, ::2], subfiletype=1, photometric="rgb", subifds=1, metadata=None,
                   extratags=camera)  # fmt: skip
        file.write(deep[..., 0], photometric="cfa", metadata=None, extratags=sensor)
    return {**files, "a.dng": out.getvalue()}


def _packed(data: bytes, codec: str) -> bytes:
    if codec == "zlib":
        return zlib.compress(data)
    if codec == "zstd":
        return bytes(imagecodecs.zstd_encode(data))
    return bytes(imagecodecs.lz4_encode(data, header=False)) if codec == "lz4" else data


def _xisf() -> dict[str, bytes]:
    """Blocks attached, inline and embedded; packed, shuffled and neither."""
    sky = _sky()
    files: dict[str, bytes] = {}
    for name, kind, codec in (("plain", "f4", ""), ("zlib", "u2", "zlib+sh"), ("lz4", "f4", "lz4"),
                              ("zstd", "f4", "zstd+sh")):  # fmt: skip
        plain = np.ascontiguousarray(np.clip(sky, 0, 900) / (1 if kind == "u2" else 1000), kind)
        data, item = plain.tobytes(), plain.dtype.itemsize
        if codec.endswith("+sh"):
            data = np.frombuffer(data, np.uint8).reshape(-1, item).T.tobytes()
        packed = _packed(data, codec.removesuffix("+sh"))
        form = "UInt16" if kind == "u2" else "Float32"
        told = f'compression="{codec}:{len(data)}{f":{item}" if "+" in codec else ""}"'
        for where in ("attachment", "inline") if name == "zlib" else ("attachment",):
            place = f"attachment:1024:{len(packed)}" if where == "attachment" else "inline:base64"
            inside = base64.b64encode(packed).decode() if where == "inline" else ""
            header = (
                '<?xml version="1.0"?><xisf version="1.0" xmlns="http://www.pixinsight.com/xisf">'
                f'<Image geometry="{SHAPE[1]}:{SHAPE[0]}:1" sampleFormat="{form}" bounds="0:1" '
                f'colorSpace="Gray" {told if codec else ""} location="{place}">'
                f'{inside}<FITSKeyword name="OBJECT" value="\'M 51\'" comment=""/>'
                "</Image></xisf>"
            ).encode()
            head = b"XISF0100" + len(header).to_bytes(4, "little") + bytes(4) + header
            files[f"{name}-{where}.xisf"] = head.ljust(1024, b"\0") + packed
    return files


def _tables() -> dict[str, bytes]:
    table = Table({"id": [1, 2], "ra": [202.4, 202.5], "dec": [47.1, 47.2], "mag": [12.5, 13.0],
                   "name": ["a", "b"]})  # fmt: skip
    files: dict[str, bytes] = {}
    for suffix, form in (("csv", "ascii.csv"), ("tsv", "ascii.tab"), ("ecsv", "ascii.ecsv")):
        out = BytesIO()
        text = "\n".join(_lines(table, form))
        out.write(text.encode())
        files[f"a.{suffix}"] = out.getvalue()
    rich = Table({"sky": SkyCoord([1.0, 2.0], [3.0, 4.0], unit="deg"), "flux": np.ones((2, 3))})
    files["rich.ecsv"] = "\n".join(_lines(rich, "ascii.ecsv")).encode()
    for form in ("tabledata", "binary", "binary2"):
        out = BytesIO()
        table.write(out, format="votable", tabledata_format=form)
        files[f"{form}.vot"] = out.getvalue()
    return files


def _lines(table: Table, form: str) -> list[str]:
    from io import StringIO

    out = StringIO()
    table.write(out, format=form)
    return out.getvalue().splitlines()
