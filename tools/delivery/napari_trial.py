"""The plugin in napari itself: ``python -m tools.delivery.napari_trial [PICTURE.png]``.

Needs napari, a screen (``xvfb-run``), and an environment into which astroview was installed. Opens
the sample frame, presses the widget's button, and holds the new layers against the frame: flux,
places and sky.
"""
# pyright: reportMissingImports=false, reportUnusedImport=false

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
WAIT_S = 300


def main(picture: Path | None) -> int:
    """Try it; 0 where all is as it should be."""
    import napari
    from qtpy.QtWidgets import QApplication

    viewer: Any = napari.Viewer()
    (frame,) = viewer.open(str(ROOT / "resources/samples/galaxy.fits"), plugin="astroview-app")
    _, widget = viewer.window.add_plugin_dock_widget("astroview-app", "Enhance")
    widget.call_button.native.click()
    end = time.monotonic() + WAIT_S
    while len(viewer.layers) < 3 and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.02)
    if len(viewer.layers) < 3:
        print("No result came.")
        return 1
    _, fine, half = viewer.layers
    good = _holds(frame, fine)
    print(f"{fine.name}, {half.name}: {'flux and sky are kept' if good else 'NOT as it should be'}")
    if picture:
        viewer.screenshot(str(picture), canvas_only=False, flash=False)
    viewer.close()
    return 0 if good else 1


def _holds(frame: Any, fine: Any) -> bool:
    height, width = frame.data.shape
    means = fine.data.reshape(height, 2, width, 2).mean((1, 3))
    before, after = frame.metadata["wcs"], fine.metadata["wcs"]
    return (
        np.allclose(means, frame.data, rtol=1e-5)
        and np.allclose(frame.data_to_world((10, 20)), fine.data_to_world((20.5, 40.5)))
        and np.allclose(
            before.pixel_to_world_values(20, 10), after.pixel_to_world_values(40.5, 20.5)
        )
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
