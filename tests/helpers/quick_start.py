"""Child processes of tests without the seconds in which torch and the rest are imported.

A test that starts ``python -m astroview`` a hundred times spends most of them importing. Here a
server imports once, and forks itself for each start: the same `main`, in a process of its own,
with the arguments, folder, environment, streams and signals that it would have had. What is
imported before is all that differs, so tests of the start itself are marked ``fresh_start``.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import runpy
import selectors
import shlex
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

LIBRARIES = (
    "astroview.worker",
    "astroview.cli_enhance",
    "astroview.engine.pipeline.enhance",
    "astroview.batch.batch_run",
    "trainer.finetune.tune_run",
    # What the first job of a worker imports, besides what workers import ahead.
    "astroview.core.io.pictures.picture_files",
    "psutil",
)
CLIENT = Path(__file__).with_name("quick_python.py")


@contextmanager
def interpreter(folder: Path) -> Generator[Path]:
    """A program for `sys.executable` that starts ours quickly, and all others as Python does."""
    place = f"astroview-{uuid4().hex}"  # an abstract address: folders' names may be too long
    program = folder / "python"
    # Isolated and without site-packages the client starts in hundredths of a second.
    words = shlex.join([sys.executable, "-SIE", *map(str, (CLIENT, place, sys.executable))])
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    program.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("\0" + place)
        door.listen(64)
        server = subprocess.Popen(
            [sys.executable, __file__, str(door.fileno()), str(program)],
            pass_fds=[door.fileno()],
            start_new_session=True,  # Ctrl+C is for the tests, which end it
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
    with server:
        try:
            yield program
        finally:
            server.kill()


def possible() -> bool:
    """Whether this system forks, and nobody counts the lines that children run."""
    return sys.platform == "linux" and "coverage" not in sys.modules


@dataclass
class Child:
    """A process that was forked, and who waits for it."""

    process: int
    client: socket.socket
    leads: bool

    def end(self) -> None:
        """Its client is gone: killed, and a whole group with it where it led one."""
        with suppress(ProcessLookupError):
            (os.killpg if self.leads else os.kill)(self.process, signal.SIGKILL)


class Server:
    """Forks a process for each client, and tells it how the process ended."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._events = selectors.DefaultSelector()
        self._events.register(door, selectors.EVENT_READ)
        self._events.register(0, selectors.EVENT_READ)  # ends with the tests, even killed ones
        self._ready = False

    def serve(self) -> list[str]:
        """Serve for ever; returns, with what it is to do, in each process that is forked."""
        while True:
            for key, _ in self._events.select():
                if key.fileobj is self._door:
                    words = self._begin()
                    if words is not None:
                        return words
                elif key.fd == 0:
                    sys.exit()
                elif isinstance(key.fileobj, socket.socket):
                    if key.fileobj.fileno() >= 0:  # it may have been closed just now
                        self._events.unregister(key.fileobj)
                        key.data.end()
                else:
                    self._ended(key.fd, key.data)

    def _begin(self) -> list[str] | None:
        client, _ = self._door.accept()
        try:
            asked, streams = _received(client)
        except (OSError, struct.error, ValueError):
            client.close()
            return None
        if not self._ready:
            self._ready = _prepared()
        process = os.fork() if self._ready else -1
        if process == 0:
            self._door.close()
            self._forget()
            client.close()
            return _become(asked, streams)
        for stream in streams:
            os.close(stream)
        if process < 0:
            client.close()  # which has Python do it
            return None
        child = Child(process, client, asked["leads"])
        with suppress(OSError):
            client.sendall(struct.pack("!i", process))
        self._events.register(client, selectors.EVENT_READ, child)
        self._events.register(os.pidfd_open(process), selectors.EVENT_READ, child)
        return None

    def _forget(self) -> None:
        """Close what belongs to other children; a pipe that stays open here never ends there."""
        for key in list(self._events.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
            else:
                os.close(key.fd)
        self._events.close()

    def _ended(self, watched: int, child: Child) -> None:
        self._events.unregister(watched)
        os.close(watched)
        _, status = os.waitpid(child.process, 0)
        with suppress(KeyError, ValueError):
            self._events.unregister(child.client)
        with suppress(OSError):
            child.client.sendall(struct.pack("!i", os.waitstatus_to_exitcode(status)))
        child.client.close()


def _received(client: socket.socket) -> tuple[dict, list[int]]:
    head, streams, _, _ = socket.recv_fds(client, 4, 3)
    (length,) = struct.unpack("!I", head)
    message = b""
    while len(message) < length:
        part = client.recv(length - len(message))
        if not part:
            raise OSError("the client is gone")
        message += part
    return json.loads(message.decode("utf-8", "surrogateescape")), list(streams)


def _prepared() -> bool:
    """Import what is slow to import; False when threads run then, which no fork survives."""
    for name in LIBRARIES:
        importlib.import_module(name)
    for name in sys.modules["astroview.worker"].AHEAD:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # collections in the children do not copy all pages
    return len(list(Path("/proc/self/task").iterdir())) == 1


def _become(asked: dict, streams: list[int]) -> list[str]:
    """Be the process that the client would have been."""
    os.setsid()
    for stream, own in zip(streams, range(3), strict=True):
        os.dup2(stream, own)
        os.close(stream)
    os.environ.clear()
    os.environ.update(asked["environment"])
    tempfile.tempdir = None  # it may have been asked for where TMPDIR was another
    os.umask(asked["umask"])
    os.chdir(asked["folder"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for each in asked["ignored"]:
        if each not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(each, signal.SIG_IGN)
    at_once = "PYTHONUNBUFFERED" in os.environ
    out = open(1, "wb", 0 if at_once else -1, closefd=False)  # noqa: SIM115
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = io.TextIOWrapper(out, "utf-8", write_through=at_once)
    sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace", closefd=False)  # noqa: SIM115
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    return asked["words"]


def _run(name: str) -> int:
    """Do it; returns the code to end with."""
    try:
        runpy.run_module(name, run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return leaving.code or 0
        raise
    return 0


def main(door: int, program: str) -> None:
    """Serve, and be the processes that are asked for."""
    codes: list[int] = []

    def end() -> None:
        """End before thousands of modules are taken apart, which costs more than a short run."""
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
            for code in codes:
                os._exit(code)

    atexit.register(end)  # the first that is registered is the last that is called
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    sys.executable = program  # for children of these children
    name, *words = Server(socket.socket(fileno=door)).serve()
    sys.path[0] = str(Path.cwd())
    sys.argv = [name, *words]
    codes.append(_run(name))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
