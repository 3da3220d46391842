"""Commands in rough surroundings: pipes, full disks, closed streams, signals, hostile files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from io import TextIOWrapper
from pathlib import Path

import numpy as np
import psutil
import pytest
import waiting
from astropy.io import fits
from PIL import Image

from astroview import cli_inputs
from astroview.core.errors import UnreadableFrame

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams and signals of POSIX")
COMMAND = (sys.executable, "-m", "astroview")


def ran(*arguments: object, **streams: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        text=True,
        timeout=200,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams},  # type: ignore[call-overload]
    )


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.fits")
    done = ran("info", tmp_path / "a.fits")
    assert done.returncode == 1
    assert "is no file but a pipe" in done.stderr


@pytest.mark.parametrize("command", ["info", "verify", "models import", "train --config"])
def test_what_has_no_end_is_not_read(tmp_path: Path, command: str) -> None:
    for endless in (tmp_path / "a.pipe", Path("/dev/zero")):
        if endless.name == "a.pipe":
            os.mkfifo(endless)
        done = ran(*command.split(), endless)
        assert done.returncode == 1
        assert "is no file but a pipe, a socket or a device" in done.stderr


def test_what_is_piped_in_has_an_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cli_inputs, "MOST_PIPED", 10)
    (tmp_path / "long").write_bytes(bytes(11))
    with (tmp_path / "long").open("rb") as piped, cli_inputs.Inputs() as local:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(piped))
        with pytest.raises(UnreadableFrame, match="More than 10 bytes"):
            local(cli_inputs.STDIN)


@pytest.mark.skipif(sys.platform != "linux", reason="names of bytes")
@pytest.mark.parametrize("command", ["info", "verify"])
def test_names_that_are_no_text_are_printed_as_they_are(
    tiny_frame: Path, tmp_path: Path, command: str
) -> None:
    name = b"caf\xe9\n\xff.fits"
    path = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118 - of bytes
    os.rename(tiny_frame, path)  # noqa: PTH104
    line = [sys.executable, "-m", "astroview", command, path]
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}  # as in de_DE.UTF-8
    done = subprocess.run(line, capture_output=True, env=strict)
    assert name in done.stdout + done.stderr
    assert b"report" not in done.stderr


@pytest.mark.parametrize("command", ["info", "verify", "models import", "train --config"])
def test_names_that_are_too_long_are_told_in_words(tmp_path: Path, command: str) -> None:
    done = ran(*command.split(), tmp_path / ("a" * 300))
    assert done.returncode == 1
    assert "too long" in done.stderr
    assert "report" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_told_in_words(tiny_frame: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = ran("info", tiny_frame, stdout=full)
    assert done.returncode == 1
    assert "could not be written: No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_hurt_nothing(tiny_frame: Path, tmp_path: Path, closed: str) -> None:
    before = tiny_frame.read_bytes()
    line = f'exec "{sys.executable}" -m astroview info "{tiny_frame}" {closed}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert tiny_frame.read_bytes() == before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_signals_end_a_command_in_words(tmp_path: Path, number: int, code: int) -> None:
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        pytest.skip("these tests run where Ctrl+C is ignored, as in the background of a shell")
    """A large packed file keeps the command busy until the signal comes."""
    hdu = fits.PrimaryHDU(np.random.default_rng(1).normal(0, 1, (700, 700)).astype(np.float32))
    hdu.writeto(tmp_path / "a.fits.bz2")
    line = [sys.executable, "-u", *COMMAND[1:], "info", *[str(tmp_path / "a.fits.bz2")] * 200]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.read(1)  # it is at work
        run.send_signal(number)
        _, said = run.communicate(timeout=100)
    assert run.returncode == code
    assert said.strip() == "Stopped."


def test_what_a_file_may_take_can_be_said(tmp_path: Path) -> None:
    Image.fromarray(np.zeros((300, 400), np.uint8)).save(tmp_path / "a.png")
    refused = ran("info", "--max-bytes", "10kB", tmp_path / "a.png")
    assert "would take 360 kB of memory; 10 kB are allowed" in refused.stdout
    assert "400 x 300 pixels" in ran("info", "--max-bytes", "1MB", tmp_path / "a.png").stdout
    assert ran("info", "--max-bytes", "lots", tmp_path / "a.png").returncode == 2


def test_what_nobody_foresaw_is_told_and_logged(tiny_frame: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from astroview import __main__; from astroview.core.io import open_file\n"
        "def broken(path): raise ZeroDivisionError('of no use')\n"
        "open_file.describe = broken\n"
        f"sys.exit(__main__.main(['info', {str(tiny_frame)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "ASTROVIEW_CONFIG_DIR": str(tmp_path / "config")},
    )
    assert done.returncode == 1
    assert "ZeroDivisionError: of no use" in done.stderr
    assert "Please report it" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in (tmp_path / "config" / "commands.log").read_text()


def test_a_hostile_file_does_not_stop_a_batch(tiny_frame: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "b.fits").write_bytes(tiny_frame.read_bytes())
    cards = ("SIMPLE  =                    T", "BITPIX  =                    8",
             "NAXIS   =                    2", "NAXIS1  =                 2880",
             "NAXIS2  =                   -1", "END")  # fmt: skip
    (folder / "a.fits").write_bytes("".join(f"{c:<80}" for c in cards).ljust(2880).encode())
    Image.fromarray(np.zeros((200, 30), np.uint8)).save(folder / "c.png")
    done = ran(
        "enhance", folder, "--out", tmp_path / "out", "--device", "cpu", "--max-bytes", "9kB"
    )
    assert done.returncode == 1
    assert "NAXIS2 = -1" in done.stdout + done.stderr
    assert "--max-bytes" in done.stdout + done.stderr
    assert len(list((tmp_path / "out").glob("b*.fits"))) == 1


def until_it_rests(process: psutil.Process) -> None:
    """Until a process waits for events: it sleeps, and computes nothing for half a second."""
    seen: list[object] = []

    def rests() -> bool:
        sleeps = process.status() == psutil.STATUS_SLEEPING
        seen.append(process.cpu_times()[:2] if sleeps else object())
        return len(seen) >= 5 and len(set(seen[-5:])) == 1

    waiting.until(rests, "the window to rest", every_s=0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_that_waits(tmp_path: Path, number: int) -> None:
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        pytest.skip("these tests run where Ctrl+C is ignored, as in the background of a shell")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(scratch)}
    with subprocess.Popen(COMMAND, env=environment, stderr=subprocess.PIPE, text=True) as window:
        waiting.until(lambda: window.poll() or list(scratch.glob("astroview-*/lock")))
        until_it_rests(psutil.Process(window.pid))
        window.send_signal(number)
        _, said = window.communicate(timeout=100)
    assert window.returncode == 128 + number
    assert said.strip() in ("", "Stopped.")
    assert not list(scratch.glob("astroview-*"))
