"""The far side of the wall: ``python -m astroview --worker``.

Request lines come in on stdin, event lines go out on stdout (see
`astroview.core.messages.worker_messages`), everything else that is printed here ends on stderr. A
thread of its own reads the requests, so that a Cancel is heard while a job runs. When stdin closes
the process ends: no ghosts.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import queue
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from astroview import __version__
from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.lightbox.look_at import look_at
from astroview.core.messages import worker_messages
from astroview.core.messages.worker_messages import (
    Cancel,
    Coarse,
    CompareSources,
    Devices,
    Done,
    Enhance,
    Event,
    Failed,
    Job,
    LookAt,
    LookedAt,
    PaletteRead,
    Part,
    Probe,
    Progress,
    ReadPalette,
    Ready,
    Save,
    Saved,
    SourcesCompared,
    Stopped,
    Tile,
    Together,
    Variation,
    Varied,
    Vary,
)
from astroview.core.settings import log_folder
from astroview.engine.runtime import allocator

if TYPE_CHECKING:
    from collections.abc import Callable

    from astroview.core.frame import Frame, Window
    from astroview.engine.runtime.cache import Cache
    from astroview.engine.runtime.live_updates import Watcher

log = logging.getLogger(__name__)
E = TypeVar("E")

PATIENCE_S = 5.0  # from closed stdin to the end of a job that does not listen
IDLE_S = 5.0  # without a request, until memory that is kept for the next one is given back
TICK_S = 0.1  # progress is told no more often than this


class Events:
    """Writes event lines; may be called from any thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        line = worker_messages.encode(event).encode("ascii") + b"\n"
        with self._lock:
            try:
                self._stream.write(line)
                self._stream.flush()
            except OSError:  # whoever listened is gone; closed stdin ends the process
                log.info("nobody reads the events any more")


class Inbox:
    """Reads requests in a thread and keeps them until they are taken, in order."""

    def __init__(self, stream: BinaryIO, say: Events) -> None:
        self._stream = stream
        self._say = say
        self._waiting: queue.SimpleQueue[Job | Probe | None] = queue.SimpleQueue()
        self._cancelled: set[str] = set()
        self._closed = threading.Event()
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def take(self) -> Job | Probe | None:
        """The next request; waits for it. None when there will be no more."""
        try:
            request = self._waiting.get(timeout=IDLE_S)
        except queue.Empty:
            allocator.give_back()
            request = self._waiting.get()
        return None if self._closed.is_set() else request

    @property
    def is_empty(self) -> bool:
        """Whether nobody waits for an answer."""
        return self._waiting.empty()

    def is_cancelled(self, job: str) -> bool:
        return self._closed.is_set() or job in self._cancelled

    def _read(self) -> None:
        for line in self._stream:
            if line.strip():
                self._sort(line)
        self._closed.set()
        self._waiting.put(None)
        last = threading.Timer(PATIENCE_S, os._exit, (0,))
        last.daemon = True
        last.start()

    def _sort(self, line: bytes) -> None:
        try:
            request = worker_messages.decode(line.decode("utf-8"))
        except ValueError as error:
            self._say(Failed("", "ValueError", f"a request cannot be read: {error}"))
            return
        if isinstance(request, Cancel):
            self._cancelled.add(request.id)
        elif isinstance(request, Job | Probe):
            self._waiting.put(request)
        else:
            self._say(Failed("", "ValueError", f"{type(request).__name__} is not a request"))


class ProgressReporter:
    """The engine's progress hook: tells progress with an ETA, and raises `Cancelled`."""

    def __init__(self, job: str, inbox: Inbox, say: Events) -> None:
        self._job, self._inbox, self._say = job, inbox, say
        self._began = time.monotonic()
        self._told = 0.0
        self._note = ""

    def __call__(self, done: int, of: int, note: str = "") -> None:
        if self._inbox.is_cancelled(self._job):
            raise Cancelled
        now = time.monotonic()
        if done == 0:  # what was before, loading torch and models, tells nothing of the rest
            self._began = now
        if done < of and note == self._note and now - self._told < TICK_S:
            return
        self._told, self._note = now, note
        self._say(Progress(self._job, done, of, self._eta(done, of, now - self._began), note))

    @staticmethod
    def _eta(done: int, of: int, elapsed: float) -> float | None:
        return elapsed / done * (of - done) if done and elapsed > 1.0 else None


# The last row is imported by photutils when it first measures a source, to tell their versions.
AHEAD = (
    "astroview.engine.pipeline.enhance", "photutils.aperture", "photutils.detection",
    "gwcs", "matplotlib", "regions", "skimage",
)  # fmt: skip


def main() -> int:
    """Serve requests until stdin closes."""
    say = Events(_claim_stdout())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which tells us
    _log_to_file()
    allocator.keep_memory()
    say(Ready(__version__))
    inbox = Inbox(sys.stdin.buffer, say)
    desk = RequestHandler(inbox, say)
    while (request := inbox.take()) is not None:
        job = "" if isinstance(request, Probe) else request.id
        event = ending(job, partial(desk.answer, request))
        if event is not None:
            say(event)
        if isinstance(request, Probe):
            _import_ahead(inbox)
    return 0


def _import_ahead(inbox: Inbox) -> None:
    """What the first frame would wait for, as long as nobody waits: others need less of it."""
    for name in AHEAD:
        if inbox.is_empty:
            with suppress(ImportError):
                import_module(name)


def ending(job: str, work: Callable[[], E]) -> E | Stopped | Failed:
    """What a job ends with: what it returns, or how its error is told."""
    try:
        return work()
    except Cancelled:
        return Stopped(job)
    except Exception as error:
        log.exception("job %s failed", job)
        return failure(job, error)


def failure(job: str, error: Exception) -> Failed:
    """How an error is told to the other side."""
    if isinstance(error, AstroviewError):
        return Failed(job, type(error).__name__, error.message, error.hint)
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, MemoryError):
        return Failed(
            *(job, "OutOfMemory", "There is not enough memory for this frame"),
            *("Close other programs, or choose a smaller scale.", trace),
        )
    reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    hint = "This was not foreseen; the log tells more. Other frames may well work."
    return Failed(job, type(error).__name__, reason, hint, trace)


class RequestHandler:
    """Does the jobs; remembers what serves the next one. Loads torch with the first."""

    def __init__(self, inbox: Inbox, say: Events) -> None:
        self._inbox, self._say = inbox, say
        self._memo: Cache | None = None
        self._opened: tuple[object, Frame] | None = None  # by what was asked for, until the Save

    def answer(self, request: Job | Probe) -> Event | None:
        """The event that ends a request; None when all has been said."""
        if isinstance(request, Probe):
            return _devices(test=request.test)
        if isinstance(request, Save):
            return self._save(request)
        if isinstance(request, LookAt):
            stopped = partial(self._inbox.is_cancelled, request.id)
            return LookedAt(request.id, look_at(request.paths, request.measure, stopped))
        meter = ProgressReporter(request.id, self._inbox, self._say)
        meter(0, 1, "starting")  # before torch is imported, which takes a while
        from astroview.engine.runtime.cache import Cache

        self._memo = self._memo or Cache()
        if isinstance(request, ReadPalette):
            return _read_palette(request)
        if isinstance(request, CompareSources):
            return _compare_sources(request, meter)
        if isinstance(request, Vary):
            return self._vary(request, meter, self._memo)
        if isinstance(request, Together):
            self._together(request, self._memo)
            return None
        return self._enhance(request, meter, self._memo)

    def _together(self, request: Together, memo: Cache) -> None:
        """Each job is told of on its own, as it ends."""
        from astroview.engine.runtime.joint_inference import abreast

        def work(job: Enhance, own: Cache) -> None:
            meter = ProgressReporter(job.id, self._inbox, self._say)
            self._say(ending(job.id, lambda: self._enhance(job, meter, own)))

        abreast([partial(work, job) for job in request.jobs], memo)
        self._opened = None

    def _enhance(self, request: Enhance, meter: ProgressReporter, memo: Cache) -> Done:
        from astroview.core.io.open_file import open_frame
        from astroview.core.io.paths import remote_paths
        from astroview.core.models.model_card import default_shelf
        from astroview.engine.pipeline.enhance import enhance_to
        from astroview.engine.runtime import device
        from astroview.engine.runtime.live_updates import Live

        began = time.monotonic()
        device.use_threads(request.threads)
        frame = open_frame(
            remote_paths.local(request.path, Path(request.scratch)),
            request.hdu,
            request.plane,
            request.max_bytes,
        )
        self._opened = None
        outputs = enhance_to(
            frame,
            request.options,
            Path(request.scratch),
            default_shelf(),
            meter,
            Live(memo, _watcher(request, self._say), request.base, request.memory),
        )
        if request.threads is not None:  # one of a batch, which this process saves next
            self._opened = ((request.path, request.hdu, request.plane, outputs), frame)
        return Done(request.id, outputs, time.monotonic() - began)

    def _save(self, request: Save) -> Saved:
        from astroview.core.enhance.save_result import finish_file

        asked, frame = self._opened or (None, None)
        self._opened = None
        if asked != (request.path, request.hdu, request.plane, request.outputs):
            frame = None
        saved = finish_file(
            *(request.path, request.hdu, request.plane),
            *(request.outputs, request.target, request.thumbs, frame),
        )
        return Saved(request.id, saved)

    def _vary(self, request: Vary, meter: ProgressReporter, memo: Cache) -> Varied:
        import numpy as np

        from astroview.core.io.open_file import open_frame
        from astroview.core.models.model_card import default_shelf
        from astroview.engine.pipeline.variations import variations

        frame = open_frame(Path(request.path), request.hdu, request.plane, request.max_bytes)
        found = variations(frame, request.options, default_shelf(), request.count, memo)
        for i, (palette, rgb) in enumerate(found):
            file = Path(request.scratch) / f"variation-{i}.npy"
            file.parent.mkdir(parents=True, exist_ok=True)
            np.save(file, rgb)
            self._say(Variation(request.id, palette, str(file)))
            meter(i + 1, request.count)
        return Varied(request.id)


def _watcher(request: Enhance, say: Events) -> Watcher | None:
    from astroview.engine.runtime.live_updates import Watcher

    def coarse(file: Path, rendered: dict[str, Any]) -> None:
        say(Coarse(request.id, str(file), rendered))

    def tile(part: Part, window: Window) -> None:
        say(Tile(request.id, window.y, window.x, window.height, window.width, part))

    return Watcher(request.first, coarse, tile) if request.first else None


def _read_palette(request: ReadPalette) -> PaletteRead:
    from astroview.engine.pipeline.reference_palette import read_reference

    return PaletteRead(request.id, read_reference(Path(request.path)))


def _compare_sources(request: CompareSources, meter: ProgressReporter) -> SourcesCompared:
    import numpy as np

    from astroview.core.enhance.results import result_frame
    from astroview.core.io.open_file import open_frame
    from astroview.engine.pipeline import flux_ledger

    before = open_frame(Path(request.path), request.hdu, request.plane, request.max_bytes)
    after, scale = result_frame(before, request.outputs, request.saved)
    folder = Path(request.scratch)
    rows, residual = folder / "sources.npy", folder / "residual.npy"
    found = flux_ledger.ledger(before, after, scale, flux_ledger.SHOWN_PIXELS)
    np.save(rows, found.rows())
    noise = flux_ledger.write_residual(before, after, scale, residual, meter)
    return SourcesCompared(
        request.id, str(rows), str(residual), noise, found.verdict(), found.whole
    )


def _devices(test: bool = False) -> Devices:
    from astroview.engine.runtime import device

    if test:
        from astroview.core.models.model_card import default_shelf
        from astroview.engine.runtime.device_check import DeviceCheck

        for _ in DeviceCheck().tested_all(default_shelf().cards()):
            pass

    return Devices(tuple(device.available()), str(device.pick("auto")))


def _claim_stdout() -> BinaryIO:
    """Keep stdout for events; what Python or a C library prints from now on goes to stderr."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.stdout = sys.stderr
    return own


def _log_to_file() -> None:
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s",
        handlers=[logging.StreamHandler(sys.stderr)],
    )
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            folder / "worker.log", maxBytes=500_000, backupCount=1
        )
    except OSError as error:
        log.warning("no log file: %s", error)
        return
    file.setFormatter(logging.root.handlers[0].formatter)
    logging.root.addHandler(file)
