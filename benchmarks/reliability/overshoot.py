"""How far super-resolved samples leave what was measured around them, on real FITS files.

``python -m benchmarks.reliability overshoot DIR... --rows now.json`` enhances a window of every
image below the folders, the one around its steepest pixel, and notes how far the samples lie
outside the range of their 3 x 3 input pixels and 4 sigma of the pixel noise. The unit is that
range; where it is less, these 4 sigma or a thousandth of the window's range. What has no data is
left out, and so are pixels within two of it. It needs nothing but ``astroview.enhance``: run by
path from an older checkout, it measures that one. With ``--before before.json --write`` both go
into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 96  # pixels of a window
SIGMAS = 4.0
SHOWN = 16  # files in the table
SUFFIXES = (".fits", ".fit", ".fits.gz", ".fits.bz2", ".fits.fz")
Row = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Measure, note the rows, print the summary."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability overshoot")
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--model", default="superres-x2")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth file")
    parser.add_argument("--rows", type=Path, required=True, metavar="JSON", help="of this checkout")
    parser.add_argument("--before", type=Path, metavar="JSON", help="rows of an older one")
    parser.add_argument("--write", action="store_true", help="into docs/reliability.md")
    chosen = parser.parse_args(arguments)
    measured: dict[str, Row] = {}
    for name, row in _measured(chosen.folders, chosen.model, chosen.every):
        measured[name] = row
        chosen.rows.write_text(json.dumps(measured, indent=1))
    rows = json.loads(chosen.rows.read_text())
    before = json.loads(chosen.before.read_text()) if chosen.before else {}
    text = table(before, rows)
    print(text)
    if chosen.write:
        from benchmarks import page

        page.put(f"overshoot {chosen.model}", text, page.DOCUMENT.with_name("reliability.md"))
    return 0


def _measured(folders: Sequence[Path], model: str, every: int) -> Iterator[tuple[str, Row]]:
    for folder in folders:
        paths = sorted(p for p in folder.rglob("*") if p.name.lower().endswith(SUFFIXES))
        for path in paths[::every]:
            window = _window(path)
            if window is None:
                continue
            row = _row(window, model)
            if row:
                name = path.relative_to(folder.parent).as_posix()
                print(f"{name}: {row['overshoot']:.3g}", flush=True)
                yield name, row


def _window(path: Path) -> NDArray[np.float32] | None:
    """The first picture of a file around its steepest pixel; None where there is none."""
    from astropy.io import fits

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with fits.open(path) as hdus:
                planes = (np.asarray(h.data) for h in hdus if _is_picture(h))
                plane = next(planes, None)
        except (OSError, ValueError, TypeError, KeyError):
            return None
    if plane is None:
        return None
    while plane.ndim > 2:
        plane = plane[0]
    plane = plane.astype(np.float32)
    if min(plane.shape) < 8 or not np.isfinite(plane).any():
        return None
    steep = np.zeros(plane.shape)
    with np.errstate(invalid="ignore", over="ignore"):
        steep[:, 1:] += np.nan_to_num(np.abs(np.diff(plane, axis=1)))
        steep[1:] += np.nan_to_num(np.abs(np.diff(plane, axis=0)))
    y, x = np.unravel_index(int(steep.argmax()), plane.shape)
    top, left = (
        int(max(0, min(place - SIDE // 2, length - SIDE)))
        for place, length in zip((y, x), plane.shape, strict=True)
    )
    return plane[top : top + SIDE, left : left + SIDE].copy()


def _is_picture(hdu: Any) -> bool:
    return hdu.is_image and hdu.header.get("NAXIS", 0) >= 2 and hdu.data is not None


def _row(x: NDArray[np.float32], model: str) -> Row | None:
    import astroview

    good = np.isfinite(x)
    if not good.any():
        return None
    made = astroview.enhance(x, colorize=False, scale=model, kind="linear", worker=False)
    y, scale = np.asarray(made.samples, np.float64), made.scale
    return {
        "input": [float(np.nanmin(x)), float(np.nanmax(x))],
        "output": [float(np.nanmin(y)), float(np.nanmax(y))],
        "overshoot": overshoot(x.astype(np.float64), y, scale),
    }


def overshoot(x: NDArray[np.float64], y: NDArray[np.float64], scale: int) -> float:
    """The farthest that samples (sH, sW) lie outside the range of the 3 x 3 pixels of x around
    theirs and `SIGMAS` of its noise, in units of that range or what stands for it: see above.
    """
    from scipy.ndimage import binary_dilation, maximum_filter, minimum_filter

    good = np.isfinite(x)
    high = maximum_filter(np.where(good, x, -np.inf), 3)
    low = minimum_filter(np.where(good, x, np.inf), 3)
    slack = SIGMAS * _noise(x)
    clear = ~binary_dilation(~good, iterations=2)
    least = 1e-3 * float(np.ptp(x[good])) or 1e-3 * float(np.abs(x[good]).max()) or 1.0
    span = np.maximum(high - low, max(least, slack))
    boxes = y.reshape(x.shape[0], scale, x.shape[1], scale)
    with np.errstate(invalid="ignore"):
        above = boxes.max((1, 3)) - high - slack
        below = low - slack - boxes.min((1, 3))
        found = np.fmax(above, below) / span
    return float(max(found[clear & good].max(initial=0.0), 0.0))


def _noise(x: NDArray[np.float64]) -> float:
    """Of pixels, by Immerkaer's Laplacian difference; places of one value are no sky."""
    rows = x[:-2] - 2 * x[1:-1] + x[2:]
    both = rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:]
    places = np.lib.stride_tricks.sliding_window_view(x, (3, 3))
    values = np.abs(both[np.isfinite(both) & (places.max((2, 3)) > places.min((2, 3)))])
    return float(np.median(values)) / 0.6745 / 6 if values.size else 0.0


def table(before: dict[str, Row], now: dict[str, Row]) -> str:
    """Markdown: how many files overshoot how far, and the worst of them."""
    both = [name for name in now if not before or name in before]
    columns = {"before": before, "now": now} if before else {"now": now}
    lines = [
        f"{len(both)} frames; overshoot of the worst sample of each, in units of the local range:",
        "",
        "| | median | 9 of 10 below | largest | frames above 1 | frames above 0.5 |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for when, rows in columns.items():
        found = np.array([rows[name]["overshoot"] for name in both])
        middle, most = np.percentile(found, (50, 90))
        lines.append(
            f"| {when} | {middle:.3g} | {most:.3g} | {found.max():.3g} "
            f"| {int((found > 1).sum())} | {int((found > 0.5).sum())} |"
        )
    lines += ["", "| the worst before | input |" + "".join(f" {w} | |" for w in columns)]
    lines.append("|---|---|" + "---|---:|" * len(columns))
    first = before or now
    for name in sorted(both, key=lambda n: -first[n]["overshoot"])[:SHOWN]:
        cells = [_range(now[name]["input"])]
        for rows in columns.values():
            cells += [_range(rows[name]["output"]), f"{rows[name]['overshoot']:.3g}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _range(pair: Sequence[float]) -> str:
    return f"{pair[0]:.4g} .. {pair[1]:.4g}"


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
