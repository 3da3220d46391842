"""The few lines anyone would write: the whole array into a pyqtgraph ImageItem; prints JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pyqtgraph as pg
from astropy.io import fits
from PySide6.QtCore import QTimer


def main(what: str, path: Path, gestures: int) -> None:
    app = pg.mkQApp()
    view = pg.GraphicsView()
    box = pg.ViewBox(lockAspect=True)
    view.setCentralItem(box)
    view.resize(1600, 1000)
    item = pg.ImageItem(fits.getdata(path), axisOrder="row-major")
    box.addItem(item)
    view.show()
    while not painted(item):
        app.processEvents()
    app.processEvents()
    if what == "start":
        print(json.dumps({"painted": time.monotonic(), "correct": True}), flush=True)
        QTimer.singleShot(0, app.quit)
        return
    times: dict[str, list[tuple[float, float]]] = {"pan": [], "zoom": [], "stretch": []}

    def timed(kind: str, act: object) -> None:
        begun = time.perf_counter()
        act()  # type: ignore[operator]
        view.repaint()
        app.processEvents()
        took = 1000 * (time.perf_counter() - begun)
        times[kind].append((took, took))

    for _ in range(gestures):
        timed("pan", lambda: box.translateBy(x=23, y=11))
        timed("zoom", lambda: box.scaleBy((0.9, 0.9)))
    for i in range(max(3, gestures // 10)):
        timed("stretch", lambda i=i: item.setLevels((900 + i, 30000 - i)))
    print(json.dumps(times), flush=True)


def painted(item: pg.ImageItem) -> bool:
    return item.qimage is not None


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
