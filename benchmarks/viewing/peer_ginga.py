"""ginga's Qt view under the clock (run with a Python that has ginga); prints JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(path: Path, gestures: int) -> None:
    from ginga.AstroImage import AstroImage
    from ginga.misc import log
    from ginga.qtw.ImageViewQt import CanvasView
    from qtpy.QtWidgets import QApplication

    app = QApplication([])
    view = CanvasView(log.get_logger("ginga", null=True))
    widget = view.get_widget()
    widget.resize(1600, 1000)
    widget.show()
    image = AstroImage()
    image.load_file(str(path))
    view.set_image(image)
    for _ in range(20):
        app.processEvents()
        time.sleep(0.02)
    times: dict[str, list[tuple[float, float]]] = {"pan": [], "zoom": [], "stretch": []}

    def timed(kind: str, act: object, whence: float) -> None:
        begun = time.perf_counter()
        act()  # type: ignore[operator]
        view.redraw_now(whence=whence)
        app.processEvents()
        took = 1000 * (time.perf_counter() - begun)
        times[kind].append((took, took))

    view.scale_to(1.0, 1.0)
    for i in range(gestures):
        timed("pan", lambda i=i: view.set_pan(8000 + 23 * i, 8000 + 11 * i), 0)
    view.zoom_fit()
    for i in range(gestures):
        up = (i // 12) % 2 == 0
        timed("zoom", view.zoom_in if up else view.zoom_out, 0)
    view.scale_to(1.0, 1.0)
    for i in range(gestures):
        timed("stretch", lambda i=i: view.cut_levels(900 + i, 30000 - i), 1)
    print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
