"""What is bad in the frames that are open: measured when it is first asked for, in any thread."""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from astroview.core.bad_pixels.pixel_rule import Rule
from astroview.core.frame import Frame


class FrameRules:
    """The rule of each frame, as long as anyone keeps the frame."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Frame, Rule | None] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def of(self, frame: Frame) -> Rule | None:
        """The rule of a frame; None of display pictures. Reads the frame: not for the window's
        thread. Raises UnreadableFrame.
        """
        from astroview.core.bad_pixels.frame_noise import measure_frame
        from astroview.core.io.file_flags import file_flags

        with self._lock:
            if frame in self._known:
                return self._known[frame]
        linear = frame.kind == "linear"
        measured = measure_frame(frame, file_flags(frame)) if linear else None
        rule = measured.rule if measured else None
        with self._lock:
            self._known[frame] = rule
        return rule
