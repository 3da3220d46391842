"""What every test may lean on: real data when it is there, a settings folder of its own."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
import pytest
import quick_start
import waiting
from astropy.io import fits
from hips_server import HipsServer, Sky, serving
from hypothesis import settings

# Before anything imports Qt: no test needs, or opens, a real display.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# What children import is compiled once, not by each of them.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["LC_ALL"] = os.environ["LANGUAGE"] = "C.UTF-8"  # the window speaks English

REPOSITORY = Path(__file__).resolve().parents[1]
QUICK = {"batch", "cli", "journeys", "library", "trainer", "ui", "worker"}  # folders of tests
# How long an example takes is a matter of the machine and of what else it does.
settings.register_profile("astroview", deadline=None)
settings.load_profile("astroview")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, counted here: to find the next number, ``mktemp`` reads all names there are."""
    place = tmp_path_factory.mktemp("homes")
    return (place / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_settings(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither read nor write the settings and models of whoever runs the tests."""
    home = next(_homes)
    for name in ("config", "data"):
        (home / name).mkdir(parents=True)
        monkeypatch.setenv(f"ASTROVIEW_{name.upper()}_DIR", str(home / name))


@pytest.fixture(scope="session")
def quick_python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An interpreter that runs our programs without importing torch again (`quick_start`)."""
    if not quick_start.possible():
        yield sys.executable
        return
    with quick_start.interpreter(tmp_path_factory.mktemp("python")) as program:
        yield str(program)


@pytest.fixture(autouse=True)
def _quick_children(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where programs of ours are started again and again, they are started quickly."""
    folder = request.path.relative_to(REPOSITORY / "tests").parts[0]
    if folder in QUICK and not request.node.get_closest_marker("fresh_start"):
        monkeypatch.setattr(sys, "executable", request.getfixturevalue("quick_python"))
        monkeypatch.setenv("PYTHON_EXEC", sys.executable)  # what torchrun starts


@pytest.fixture(autouse=True)
def _calm(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test leaves no thread behind and has us log no warning, unless it looks at the log itself
    or is marked ``warns``.
    """
    looks_itself = "caplog" in request.fixturenames or request.node.get_closest_marker("warns")
    logged = request.getfixturevalue("caplog")
    before = set(threading.enumerate())
    yield
    warned = [
        r for r in logged.get_records("call")
        if r.levelno >= logging.WARNING and r.name.startswith(("astroview", "trainer"))
    ]  # fmt: skip
    assert looks_itself or not warned, [record.getMessage() for record in warned]
    left = [t for t in set(threading.enumerate()) - before if not t.daemon]
    for thread in left:
        thread.join(10)
    assert not [thread for thread in left if thread.is_alive()]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real frames (``train``, ``bands``, ``fits``); the test is skipped without it."""
    default = REPOSITORY.parent / "shared" / "data"
    folder = Path(os.environ.get("ASTROVIEW_SHARED_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"no real frames at {folder}; set ASTROVIEW_SHARED_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of the bundled sample frames."""
    return REPOSITORY / "resources" / "samples"


@pytest.fixture
def tiny_frame(tmp_path: Path) -> Path:
    """A FITS frame of 64 x 48 pixels (a star on a sky with noise, and a WCS): quick to enhance."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[:48, :64]
    sky = rng.normal(100.0, 5.0, (48, 64))
    star = 4000.0 * np.exp(-((x - 20.0) ** 2 + (y - 30.0) ** 2) / 8.0)
    hdu = fits.PrimaryHDU((sky + star).astype(np.float32))
    hdu.header.update(
        {"CTYPE1": "RA---TAN", "CTYPE2": "DEC--TAN", "CRVAL1": 210.8, "CRVAL2": 54.3,
         "CRPIX1": 32.5, "CRPIX2": 24.5, "CDELT1": -1e-4, "CDELT2": 1e-4, "BUNIT": "adu"}
    )  # fmt: skip
    path = tmp_path / "tiny.fits"
    hdu.writeto(path)
    return path


@pytest.fixture(scope="session")
def sky() -> Sky:
    """A field of the sky that has colours."""
    return Sky(reach=0.015, stars=25)


@pytest.fixture
def server(sky: Sky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HipsServer]:
    """Who knows that sky's colours, and is asked instead of hips2fits; nothing is kept yet."""
    monkeypatch.setenv("ASTROVIEW_CACHE_DIR", str(tmp_path / "cache"))
    with serving(sky) as running:
        monkeypatch.setenv("ASTROVIEW_HIPS2FITS", running.address)
        yield running


@pytest.fixture
def own_hub(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where programs meet by SAMP: a hub that nobody else finds."""
    from pyvo.samp import conf  # a second that other tests need not wait

    monkeypatch.setattr(conf, "use_internet", False)
    folder = tmp_path_factory.mktemp("samp")
    monkeypatch.setenv("SAMP_HUB", f"std-lockurl:{(folder / 'hub').as_uri()}")
    monkeypatch.setenv("HOME", str(folder))


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a local S3 server, a process of its own (moto)."""
    for needed in ("s3fs", "moto", "flask"):
        if find_spec(needed) is None:
            pytest.skip(f"no S3 without {needed}; install the extra “test”")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        assert server.poll() is None, "the S3 server ended"
        try:
            with urlopen(address):
                return True
        except URLError:
            return False

    waiting.until(answers, "the S3 server", 180)  # a busy machine may take minutes


@pytest.fixture
def bucket(
    s3_server: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The URL of a new bucket; this process and its children find the server."""
    import s3fs

    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    name = tmp_path_factory.mktemp("bucket-").name.replace("_", "-")
    s3fs.S3FileSystem().mkdir(name)
    return f"s3://{name}"


@pytest.fixture(scope="session")
def shared_cases(shared_data: Path) -> Path:
    """Small inputs that once failed, beside the shared data."""
    folder = shared_data.parent / "cases"
    if not folder.is_dir():
        pytest.skip(f"there are no small cases in {folder.parent.name}")
    return folder
