"""Every picture in a folder, held against what Pillow makes of it.

    python -m benchmarks.picture_files DIR

prints how many of the pictures that Pillow reads are equal here (colour profiles obeyed by
littleCMS on both sides), how many are refused by name, and a table of all others with the reason.
Pillow's own test pictures (in its source distribution: `pip download --no-deps --no-binary
:all: pillow`, folder `Tests/images`) are the yardstick. Ends with 1 when a picture differs that
no line of `KNOWN` explains.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.io.open_file import open_frame

LEVEL = 1.01 / 255  # of 8 bits, which is all that Pillow keeps of colour
LARGEST = 2**26  # pixels: some test pictures ask for more than any memory
EXACT = ImageCms.Flags.NOOPTIMIZE
MEMORY = 4 * 2**30  # bytes of address space, for the same reason
WORDS = {"refused": "refused", "known": "differs", "differs": "WRONG", "only here": "read"}
KNOWN = {  # why a picture differs
    "8bit.s.tif": "signed samples: numbers from -128 here, bytes without a sign there",
    "i_trns.png": "16-bit grey with a transparent colour, of which Pillow makes something else",
    "pil123p.png": "PNG with gAMA, which Pillow leaves to its user",
    "pil123rgba.png": "PNG with gAMA, which Pillow leaves to its user",
    "separate_planar_extra_samples.tiff": "signed samples, which Pillow rounds to bytes",
    "tiff_16bit_RGBa.tiff": "all 16 bits of alpha are looked at here, the upper 8 there",
    "tiff_strip_planar_16bit_RGBa.tiff": "all 16 bits of alpha here, the upper 8 there",
    "tiff_tiled_planar_16bit_RGBa.tiff": "all 16 bits of alpha here, the upper 8 there",
}


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    Attributes
    ----------
    kind
        "equal", "refused", "known" (differs, and should), "differs", "only here" (Pillow does not
        read it) or "no picture".
    reason
        Why it is not equal; "" where it is.
    """

    path: Path
    kind: str
    reason: str = ""


def compare(path: Path) -> Outcome:
    """Open a file here and with Pillow."""
    try:
        wanted, tolerance = decoded_by_pillow(path)
    except Exception as problem:  # noqa: BLE001 - Pillow raises anything on damaged files
        return _without_pillow(path, problem)
    try:
        frame = open_frame(path)
        samples = frame.read()
    except UnreadableFrame as problem:
        return Outcome(path, "refused", problem.message)
    except Exception as problem:  # noqa: BLE001 - and so should be told here
        return Outcome(path, "differs", f"{type(problem).__name__}: {problem}")
    return _compared(path, frame, samples, wanted, tolerance)


def decoded_by_pillow(path: Path) -> tuple[NDArray[Any], float]:
    """Upright samples (H, W) or (H, W, 3), NaN where transparent, and how near is equal.

    Eight-bit pictures are in 0..1; deeper grey is as stored.
    """
    with path.open("rb") as file, Image.open(file) as image:
        if image.width * image.height > LARGEST:
            raise ValueError("it is too large")
        image.load()
        upright = ImageOps.exif_transpose(image) or image
        profile = image.info.get("icc_profile")
    if upright.mode in ("I", "F") or upright.mode.startswith("I;16"):
        return np.asarray(upright, np.float64), 0.0
    alpha = _alpha(upright)
    rgb, tolerance = _to_srgb(upright, profile)
    samples = np.asarray(rgb, np.float64) / 255
    if alpha is not None:
        samples[alpha == 0] = np.nan
    return samples, tolerance


def _alpha(image: Image.Image) -> NDArray[np.uint8] | None:
    with_alpha = "transparency" in image.info or image.mode in ("LA", "La", "PA", "RGBA", "RGBa")
    if not with_alpha and not image.has_transparency_data:
        return None
    through = image.convert("LA") if image.mode == "La" else image
    return np.asarray(through.convert("RGBA").getchannel("A"))


def _to_srgb(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, float]:
    if image.mode == "LAB":
        transform = ImageCms.buildTransform(
            ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB", flags=EXACT
        )
        return ImageCms.applyTransform(image, transform), LEVEL  # type: ignore[return-value]
    if image.mode == "RGBa":
        image = image.convert("RGBA")
    if profile:
        mode = {"L": "L", "LA": "L", "1": "L", "CMYK": "CMYK"}.get(image.mode, "RGB")
        try:
            converted = ImageCms.profileToProfile(
                image.convert(mode),
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
                flags=EXACT,
            )
            return converted or image, 1.5 * LEVEL
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is no profile, or of another kind of samples
    return image.convert("RGB"), LEVEL


def _without_pillow(path: Path, problem: Exception) -> Outcome:
    try:
        open_frame(path).read()
    except UnreadableFrame:
        return Outcome(path, "no picture")
    except Exception as ours:  # noqa: BLE001 - as above
        return Outcome(path, "differs", f"{type(ours).__name__}: {ours}")
    return Outcome(path, "only here", f"Pillow: {problem}")


def _compared(
    path: Path, frame: Frame, ours: NDArray[Any], wanted: NDArray[Any], tolerance: float
) -> Outcome:
    if ours.shape[:2] != wanted.shape[:2]:
        return Outcome(path, "differs", f"{ours.shape} here, {wanted.shape} there")
    if ours.ndim == 3 and ours.shape != wanted.shape:
        return Outcome(path, "differs", f"{ours.shape} here, {wanted.shape} there")
    if wanted.ndim == 3 and ours.ndim == 2:
        ours = ours[..., None]
    if wanted.ndim == 3 or tolerance:
        ours = ours / (frame.full_scale or 1.0)
    holes = np.isnan(wanted)
    if not np.array_equal(np.broadcast_to(np.isnan(ours), wanted.shape), holes):
        return _differs(path, "other pixels are without data")
    apart = float(np.abs(np.where(holes, 0, ours - wanted)).max(initial=0))
    if apart <= tolerance:
        return Outcome(path, "equal")
    return _differs(path, f"by up to {apart:.3g}")


def _differs(path: Path, reason: str) -> Outcome:
    known = KNOWN.get(path.name)
    return Outcome(path, "known" if known else "differs", known or reason)


def main(folder: Path) -> int:
    """Print the table; 1 when a picture differs for no known reason."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    outcomes: list[Outcome] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix not in (".fits", ".pkl", ".gz"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                outcomes.append(compare(path))
    counts = Counter(outcome.kind for outcome in outcomes)
    readable = counts["equal"] + counts["refused"] + counts["differs"] + counts["known"]
    print(f"{readable} pictures that Pillow reads: {counts['equal']} equal here,", end=" ")
    print(f"{counts['refused']} refused by name, {counts['known']} differ with a reason,", end=" ")
    print(f"{counts['differs']} differ without.", end=" ")
    print(f"{counts['only here']} more are read here and not there.\n")
    print("| picture | here | why |\n|---|---|---|")
    for outcome in outcomes:
        if outcome.kind in ("refused", "known", "differs", "only here"):
            print(
                f"| {outcome.path.relative_to(folder)} | {WORDS[outcome.kind]} | {outcome.reason} |"
            )
    return 1 if counts["differs"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
