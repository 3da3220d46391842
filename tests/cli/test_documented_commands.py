"""What the pages and the program's own help tell to type is typed, in a shell, and does it.

Each page's commands run one after the other in a folder that has what they name
(`documented_scene`). What is left out, and why, stands in `documented.LEFT_OUT`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import documented
import documented_scene
import hips_server
import pytest

ELSEWHERE = "https://example.org"
RUN = documented.to_run()
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="bash is not installed")


@pytest.fixture(scope="module")
def sky() -> hips_server.Sky:
    return hips_server.Sky(reach=0.012, stars=25)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, sky: hips_server.Sky) -> Path:
    folder = tmp_path_factory.mktemp("scene")
    documented_scene.build(folder, sky)
    return folder


@pytest.fixture
def address(scene: Path) -> Iterator[str]:
    """A web server that hands out the scene."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(scene))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def shell(
    scene: Path, sky: hips_server.Sky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A folder with all that is named, and an environment in which the program is installed."""
    here = tmp_path / "here"
    shutil.copytree(scene, here)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home/.local/share/bash-completion/completions").mkdir(parents=True)
    program = documented_scene.installed(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{program}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path / "cache"))
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with hips_server.serving(sky) as server:
        monkeypatch.setenv("ASTROVIEW_HIPS2FITS", server.address)
        yield here


@pytest.mark.parametrize("page", RUN)
def test_what_is_told_can_be_typed_and_does_it(page: str, shell: Path, address: str) -> None:
    if any("my-model" in line or "tuned-m101" in line for line in RUN[page]):
        pytest.importorskip("spandrel", reason="the extra “community” is not installed")
        documented_scene.put_models(shell, Path(os.environ["ASTROVIEW_DATA_DIR"]) / "models")
    for line in RUN[page]:
        typed = line.replace(ELSEWHERE, address)
        began = time.time()
        done = subprocess.run(
            [BASH, "-o", "pipefail", "-c", typed], cwd=shell, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=250,
        )  # fmt: skip
        said = f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        assert done.returncode == 0, said
        assert "Traceback" not in done.stderr, said
        for name in re.findall(r"(?:--out|-o|--snapshot|>) (\S+)", line):
            assert "-n" in line.split() or _made(shell, name, began), said


def _made(folder: Path, name: str, since: float) -> bool:
    """Whether a file, or one in a folder, was written by the command."""
    place = folder / Path(name).expanduser()
    files = place.rglob("*") if place.is_dir() else [place]
    return any(f.is_file() and f.stat().st_size and f.stat().st_mtime > since - 2 for f in files)
