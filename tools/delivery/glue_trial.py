"""A result handed over to glue and Jdaviz: ``python -m tools.delivery.glue_trial``.

Needs glue-astronomy and jdaviz in an environment with astroview. The lines are those of the guide
``docs/guide/with-other-tools.md``.
"""
# pyright: reportMissingImports=false, reportUnusedImport=false

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FRAME = ROOT / "resources/samples/galaxy.fits"


def main() -> int:
    """Try both; 0 where all is as it should be."""
    warnings.simplefilter("ignore")  # of theirs
    import astroview

    made = astroview.enhance(FRAME, colorize=False)
    with tempfile.TemporaryDirectory() as folder:
        saved = made.save(Path(folder) / "galaxy_x2.fits")
        told = {"glue": _glue(made.ccddata(), saved), "Jdaviz": _jdaviz(made.ccddata(), saved)}
    for name, good in told.items():
        print(f"{name}: {'taken over' if good else 'NOT taken over'}")
    return 0 if all(told.values()) else 1


def _glue(ccd: Any, saved: Path) -> bool:
    import glue_astronomy.translators  # noqa: F401  # teaches glue what a CCDData is
    from glue.core import DataCollection
    from glue.core.data_factories import load_data

    collection: Any = DataCollection()
    collection["galaxy ×2"] = ccd
    held = collection["galaxy ×2"]
    back = held.get_object(type(ccd))
    from_file: Any = load_data(str(saved))
    return (
        held.shape == ccd.shape
        and bool((back.data == ccd.data).all())
        and {one.label.split("[")[1] for one in from_file} == {"PRIMARY]", "AI_INTERVAL]"}
    )


def _jdaviz(ccd: Any, saved: Path) -> bool:
    from jdaviz import Imviz

    imviz: Any = Imviz()
    imviz.load(ccd, data_label="galaxy ×2")
    imviz.load(str(saved))
    imviz.load(str(FRAME))
    imviz.link_data(align_by="wcs")
    shapes = [data.shape for data in imviz.app.data_collection]
    return shapes.count(ccd.shape) >= 2 and (640, 640) in shapes


if __name__ == "__main__":
    sys.exit(main())
