"""Before Qt is loaded: is there a display, and are the system's libraries there?

Qt ends the whole process when its platform plugin cannot start; here the user is told why
first, and what to install. Only Linux needs this: elsewhere Qt brings everything along.
"""

from __future__ import annotations

import ctypes
import os
import sys

from astroview.core.errors import AstroviewError

# The system libraries that Qt's own libraries and plugins are linked to, with the package of
# Debian and Ubuntu that has them. A test compares this with what the plugins really ask for.
_ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
_XCB = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
LIBRARIES = {
    "offscreen": _ALWAYS,
    "xcb": _ALWAYS | _XCB,
    "wayland": _ALWAYS | _WAYLAND,
}


class CannotShow(AstroviewError):
    """The window cannot be opened here."""


def has_display() -> bool:
    """Whether a window can be seen; on Linux when X11 or Wayland is announced."""
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def check() -> None:
    """Make sure that Qt can start on the platform that it will choose.

    Raises
    ------
    CannotShow
        With the missing libraries and the line that installs them, or with the display that
        does not answer.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = _platform()
    if platform == "none":
        raise CannotShow(
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)",
            hint="Render the window with “astroview --snapshot OUT.png FRAME”, or enhance frames "
            "without it: “astroview enhance FRAME --out DIR”.",
        )
    lacking = missing(platform)
    if lacking:
        packages = " ".join(sorted(set(lacking.values())))
        raise CannotShow(
            f"The window needs system libraries that are missing here: {', '.join(lacking)}",
            hint=f"On Debian and Ubuntu: sudo apt-get install -y {packages}",
        )
    if platform == "xcb" and not _x_answers():
        raise CannotShow(
            f"No display answers at DISPLAY={os.environ['DISPLAY']}",
            hint="Is the X server running, and may you use it? (Over ssh: ssh -X.)",
        )


def missing(platform: str) -> dict[str, str]:
    """System libraries that a Qt platform needs and that are not here, with their packages."""
    libraries = LIBRARIES.get(platform, _ALWAYS)
    return {name: package for name, package in libraries.items() if not _loads(name)}


def _platform() -> str:
    """The Qt platform that will be used; "none" without a display."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if chosen:
        return "wayland" if chosen.startswith("wayland") else chosen
    if os.environ.get("WAYLAND_DISPLAY") and all(map(_loads, _WAYLAND)):
        return "wayland"
    if os.environ.get("DISPLAY"):
        return "xcb"
    return "wayland" if os.environ.get("WAYLAND_DISPLAY") else "none"


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _x_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not broken
