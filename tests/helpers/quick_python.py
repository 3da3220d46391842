"""Run as the interpreter of a test's child processes: see `quick_start`.

Given ``-m astroview ...``, a process that has the libraries imported already is forked to do it. It
gets this one's arguments, folder, environment and standard streams; this one waits, passes signals
on, and ends as that one ends. Whatever is out of the ordinary is given to Python itself.
"""

import contextlib
import json
import os
import signal
import socket
import struct
import sys

QUICK = ("astroview", "trainer", "torch.distributed.run")
# These change how Python starts, and a forked process has started already.
TELLING = ("PYTHONWARNINGS", "PYTHONIOENCODING", "PYTHONUTF8", "PYTHONSTARTUP")
FORWARDED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)


def is_quick(words: list[str]) -> bool:
    """Whether this is a plain start of one of our programs, with pipes or files as streams."""
    if words[:1] != ["-m"] or words[1:2] not in ([name] for name in QUICK):
        return False
    if any(name in os.environ for name in TELLING) or os.environ.get("LC_ALL") != "C.UTF-8":
        return False
    try:
        return not any(os.isatty(stream) for stream in range(3) if os.fstat(stream))
    except OSError:  # one is closed
        return False


def start(server: socket.socket, words: list[str]) -> int:
    """Have the work begun; returns the process that does it."""
    asked = {
        "words": words,
        "folder": os.getcwd(),  # noqa: PTH109 - pathlib takes as long as all else here
        "environment": dict(os.environ),
        "umask": os.umask(0o22),
        "ignored": [s for s in signal.valid_signals() if signal.getsignal(s) == signal.SIG_IGN],
        "leads": os.getpgrp() == os.getpid(),
    }
    message = json.dumps(asked).encode("utf-8", "surrogateescape")
    socket.send_fds(server, [struct.pack("!I", len(message))], [0, 1, 2])
    server.sendall(message)
    answer = server.recv(4)
    if len(answer) != 4:
        raise OSError("the server cannot fork")
    for stream in range(3):
        os.close(stream)
    return struct.unpack("!i", answer)[0]


def main(place: str, python: str, words: list[str]) -> None:
    """Stand for the process until it ends."""
    if words[:1] == ["-u"]:  # as torchrun starts what it runs
        os.environ["PYTHONUNBUFFERED"] = "1"
        words = words[1:]
    if not is_quick(words):  # asked before a socket takes the place of a stream that is closed
        os.execv(python, [python, *words])
    server = socket.socket(socket.AF_UNIX)
    try:
        server.connect("\0" + place)
        process = start(server, words[1:])
    except OSError:
        os.execv(python, [python, *words])
    for each in FORWARDED:
        if signal.getsignal(each) != signal.SIG_IGN:
            signal.signal(each, lambda number, _: _pass_on(process, number))
    told = server.recv(4)
    status = struct.unpack("!i", told)[0] if len(told) == 4 else 1
    if status < 0:  # ended by a signal, and so does this one
        if -status != signal.SIGKILL:
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    os._exit(status)


def _pass_on(process: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
