"""The table of system libraries is what Qt really asks for, and a missing one is named."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from astroview import preflight

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves them out")

USED = ("Core", "Gui", "Widgets", "Svg")
PLUGINS = {
    "offscreen": ("libqoffscreen.so",),
    "xcb": ("libqxcb.so",),
    "wayland": ("libqwayland.so", "libqwayland-generic.so", "libqwayland-egl.so"),
}
# On every Linux that runs Python: the C and C++ libraries and what Python itself is linked to.
EVERYWHERE = ("libc.", "libm.", "libdl.", "libpthread.", "librt.", "libgcc_s.", "libstdc++.",
              "ld-linux", "libz.", "libresolv.", "libpython")  # fmt: skip


def qt_folder() -> Path:
    spec = find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def needed_by(path: Path) -> set[str]:
    from elftools.elf.elffile import ELFFile

    with path.open("rb") as file:
        section = ELFFile(file).get_section_by_name(".dynamic")
        assert section is not None
        return {tag.needed for tag in section.iter_tags("DT_NEEDED")}


def system_libraries(files: list[Path], bundled: Path) -> set[str]:
    """Libraries outside the bundle that the files need, directly or through the bundle's."""
    outside: set[str] = set()
    seen: set[Path] = set()
    while files:
        file = files.pop()
        if file in seen:
            continue
        seen.add(file)
        for name in needed_by(file):
            inside = [path for path in (bundled / name, bundled.parents[1] / name) if path.exists()]
            if inside:
                files.append(inside[0])
            elif not name.startswith((*EVERYWHERE, "libshiboken", "libpyside")):
                outside.add(name)
    return outside


@pytest.mark.parametrize("platform", PLUGINS)
def test_the_table_is_complete(platform: str) -> None:
    qt = qt_folder()
    files = [path for name in USED for path in qt.glob(f"Qt{name}.*so")]
    files += [
        path for name in PLUGINS[platform] if (path := qt / "Qt/plugins/platforms" / name).exists()
    ]
    assert len(files) > len(USED)
    assert system_libraries(files, qt / "Qt" / "lib") <= set(preflight.LIBRARIES[platform])


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(preflight.LIBRARIES, "offscreen", {"libnothere.so.7": "libnothere7"})
    with pytest.raises(preflight.CannotShow) as caught:
        preflight.check()
    assert "libnothere.so.7" in caught.value.message
    assert caught.value.hint.endswith("apt-get install -y libnothere7")


def _run_without_platform(**extra: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "astroview"],
        capture_output=True,
        text=True,
        env=environment | extra,
        timeout=60,
    )


def test_without_a_display_the_window_says_so() -> None:
    run = _run_without_platform()
    assert run.returncode == 1
    assert run.stderr.startswith("There is no display")
    assert len(run.stderr.splitlines()) == 1


def test_a_display_that_does_not_answer_is_no_abort() -> None:
    run = _run_without_platform(DISPLAY=":987")
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    # Either Qt's X11 libraries are here and nobody answers, or they are named as missing.
    assert "DISPLAY=:987" in run.stderr or "libxcb" in run.stderr
