"""pyregion's test files of DS9 and CIAO regions, each read here and held against its twin.

    python -m benchmarks.region_files pyregion-2.3.0/pyregion/tests/data [--write]

The files are in pyregion's source distribution (`pip download --no-deps --no-binary pyregion
pyregion`, unpacked). Of most, DS9 saved the same regions in image pixels as well; pyregion's own
tests name these pairs. A file's outlines are held against its twin's: how far is the farthest
point of one from the other's line, in pixels. Ends with 1 when a region is not read, or lies over
a pixel off; what no line of `KNOWN` explains.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from astropy.io import fits

from astroview.core.errors import AstroviewError
from astroview.core.fits_headers import readable_header
from astroview.core.frame import ArraySource, Frame
from astroview.core.sky import ds9_syntax
from astroview.core.sky.region_files import RegionShape, read_regions
from astroview.core.sky.wcs import read_wcs
from benchmarks import page

if TYPE_CHECKING:
    from numpy.typing import NDArray

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "reliability.md"
HEADERS = {"test02": "sample_fits02", "test03": "sample_fits03", "test04": "sample_fits04"}
TWINS = {"test02_1": "test02_1_img", "test03": "test03_img", "test_annuli": "test_annuli",
         "test01": "test01_img"}  # fmt: skip
NEAR = 1.0  # pixels
NO_TWIN = ("test01_print", "test01", "test_annuli_ciao")  # of which other regions were saved
_FAR = (
    "the regions are some 60 degrees from the tangent point, where a pixel is another part of the"
    " sky: sizes are by the scale there; DS9's by that of the reference pixel"
)
KNOWN = {"test03_fk5": _FAR, "test03_gal": _FAR, "test03_icrs": _FAR}  # why a file differs


@dataclass(frozen=True)
class Row:
    """What became of a file: regions in it, those read, and how far the farthest lies off (NaN:
    it has no twin).
    """

    name: str
    written: int
    read: int
    twin: str
    off: float
    said: str

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to explain."""
        return self.read == self.written and not self.off > NEAR


def rows(folder: Path) -> list[Row]:
    """Every region file of a folder, by name."""
    return [_row(path) for path in sorted(folder.glob("*.reg"))]


def frame_of(path: Path) -> Frame:
    """A frame with the header that a region file belongs to."""
    stem = next((h for s, h in HEADERS.items() if path.stem.startswith(s)), "sample_fits01")
    header = readable_header(fits.Header.fromtextfile(path.with_name(f"{stem}.header")))
    shape = (int(header["NAXIS2"]), int(header["NAXIS1"]))  # type: ignore[arg-type]
    nothing = ArraySource(np.broadcast_to(np.float32(0), shape))
    wcs = read_wcs(header)
    return Frame(stem, shape, 1, "linear", nothing, None, header=header, wcs=wcs)


def _row(path: Path) -> Row:
    frame = frame_of(path)
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    written = ds9_syntax.read(text)
    try:
        found = read_regions(path, frame)
    except AstroviewError as problem:
        return Row(path.stem, len(written), 0, "", float("nan"), problem.message)
    twin, off = _twin(path), float("nan")
    if twin is not None:
        off = _off(found.shapes, read_regions(twin, frame).shapes)
    name = twin.stem if twin is not None else ""
    said = " ".join(found.remarks)
    return Row(path.stem, len(written), len(found.shapes), name, off, said)


def _twin(path: Path) -> Path | None:
    if path.stem in NO_TWIN:
        return None
    stem = next((twin for s, twin in TWINS.items() if path.stem.startswith(s)), path.stem)
    return path.with_name(f"{stem}.reg") if stem != path.stem else None


def _off(mine: tuple[RegionShape, ...], theirs: tuple[RegionShape, ...]) -> float:
    """How far the outlines of the farthest pair lie apart; infinite where they are not pairs."""
    if [one.kind for one in mine] != [one.kind for one in theirs]:
        return float("inf")
    return max((_apart(*pair) for pair in zip(mine, theirs, strict=True)), default=0.0)


def _apart(one: RegionShape, other: RegionShape) -> float:
    places = [_points(one), _points(other)]
    far = [_farthest(a, b) for a, b in (places, places[::-1])]
    return max(far)


def _points(shape: RegionShape) -> NDArray[np.float64]:
    """Places along the outlines, close together; that of a point or text."""
    lines = [line for line in shape.outlines if len(line) > 1]
    if not lines:
        return np.array([shape.at])
    steps = np.linspace(0, 1, 200)
    return np.concatenate([
        a + (b - a) * steps[:, None] for line in lines
        for a, b in pairwise(line)
    ])  # fmt: skip


def _farthest(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    from scipy.spatial import KDTree

    return float(np.max(KDTree(other).query(one)[0]))


def table(found: list[Row]) -> str:
    """Markdown: how many are read wholly and lie where their twins do, and the table of all."""
    good = sum(row.is_well for row in found)
    twins = [row for row in found if row.twin]
    near = sum(row.off <= NEAR for row in twins)
    lines = [
        f"Of {len(found)} files {good} are read without anything left out;"
        f" of {len(twins)} with a twin {near} lie where it does, within a pixel.",
        "",
        "| file | regions | read | held against | farthest point off, pixels | said |",
        "|---|---:|---:|---|---:|---|",
    ]
    for row in found:
        off = f"{row.off:.2f}" if row.twin else ""
        why = KNOWN.get(row.name, row.said)
        lines.append(f"| {row.name} | {row.written} | {row.read} | {row.twin} | {off} | {why} |")
    return "\n".join(lines)


def main(words: list[str] | None = None) -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="pyregion/tests/data")
    parser.add_argument("--write", action="store_true", help="put it into docs/reliability.md")
    chosen = parser.parse_args(words)
    if not any(chosen.folder.glob("*.reg")):
        print(f"skipped: {chosen.folder} holds no region files; they are in pyregion's source")
        return 0
    found = rows(chosen.folder)
    text = table(found)
    print(text)
    if chosen.write:
        page.put("region files", text, DOCUMENT)
    return int(any(not row.is_well and row.name not in KNOWN for row in found))


if __name__ == "__main__":
    sys.exit(main())
