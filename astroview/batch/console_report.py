"""How a batch is told: live bars on a screen, plain lines in a pipe, JSON lines for a program."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import BinaryIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from astroview.core.messages import batch_messages
from astroview.core.messages.batch_messages import (
    BatchDone,
    BatchEvent,
    BatchProblem,
    BatchProgress,
    Item,
    ItemProgress,
    ItemState,
    Listed,
)
from astroview.core.texts import sentences


class PlainReport:
    """One line a file: results on stdout, failures on stderr; what was done before is counted."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self._ended = 0
        self._listing = True

    def __enter__(self) -> PlainReport:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def __call__(self, event: BatchEvent) -> None:
        """Tell an event."""
        match event:
            case Listed():
                self._items |= {item.id: item for item in event.items}
                self._listing = event.more
            case ItemState(state="done" | "failed" | "skipped"):
                self._ended += 1
                self._end(event)
            case BatchProblem():
                print(sentences(event.message, event.hint), file=sys.stderr, flush=True)
            case BatchDone():
                self._sum_up(event)
            case _:
                pass

    def _end(self, event: ItemState) -> None:
        item = self._items[event.id]
        of = f"{self._ended}/{len(self._items)}{'+' if self._listing else ''}"
        place = f"[{of}] " if len(self._items) > 1 or self._listing else ""
        name = printable(item.path)
        if event.state == "failed":
            reason = printable(sentences(event.problem, event.hint))
            print(f"{place}{name}: failed: {reason}", file=sys.stderr, flush=True)
        elif event.state == "done":
            target = printable(event.target)
            print(f"{place}{name} -> {target} ({event.seconds:.1f} s)", flush=True)
            for warning in event.warnings:
                print(f"{' ' * len(place)}note: {printable(warning)}", flush=True)

    def _sum_up(self, event: BatchDone) -> None:
        of = len(self._items)
        left = of - event.done - event.failed - event.skipped
        if of > 1:
            parts = [f"{event.done} of {of} done", f"{event.failed} failed"]
            parts += [f"{event.skipped} done before"] * bool(event.skipped)
            parts += [f"{left} left: run the same command again"] * bool(left)
            print(", ".join(parts), flush=True)
        elif event.skipped:
            print("Done before; --fresh does it again.", flush=True)
        if event.report:
            print(f"Report: {event.report}", flush=True)


class LiveReport(PlainReport):
    """The same lines, and below them a bar for the whole and one for every file at work."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TextColumn("{task.fields[note]}"),
            console=Console(),
            transient=True,
            redirect_stderr=sys.stderr.isatty(),
        )
        self._all = self._bars.add_task("listing", total=None, note="", visible=False)
        self._each: dict[str, TaskID] = {}

    def __enter__(self) -> LiveReport:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def __call__(self, event: BatchEvent) -> None:
        """Tell an event."""
        match event:
            case ItemState(state="running"):
                title = escape(printable(self._items[event.id].path.rpartition("/")[2]))
                self._each[event.id] = self._bars.add_task(title, total=None, note="starting")
            case ItemState(id=name) if name in self._each:
                self._bars.remove_task(self._each.pop(name))
            case ItemProgress(id=name) if name in self._each:
                notes = (escape(event.note), _left(event.eta_s))
                note = "  ".join(filter(None, notes))
                bar = self._each[name]
                self._bars.update(bar, completed=event.done, total=event.of, note=note)
            case BatchProgress():
                self._bars.update(
                    self._all,
                    description="paused" if event.paused else f"{event.of} files",
                    completed=event.done + event.failed + event.skipped,
                    total=event.of,
                    note=_left(event.eta_s),
                    visible=event.of > 1,
                )
            case BatchDone():
                self._bars.stop()
            case _:
                pass
        super().__call__(event)


class BatchEventLines:
    """One JSON line an event."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._gone = False

    def __enter__(self) -> BatchEventLines:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def __call__(self, event: BatchEvent) -> None:
        """Tell an event; when nobody reads any more the batch goes on until stdin says so too."""
        if self._gone:
            return
        try:
            self._stream.write(batch_messages.encode(event).encode("ascii") + b"\n")
            self._stream.flush()
        except OSError:
            self._gone = True


def report_for_terminal() -> PlainReport:
    """Live bars when stdout is a screen."""
    return LiveReport() if sys.stdout.isatty() else PlainReport()


def printable(text: str) -> str:
    """File names may hold anything; a terminal line may not."""
    shown = "".join(c if c.isprintable() or c == " " else ascii(c)[1:-1] for c in text)
    encoding = sys.stdout.encoding or "utf-8"
    return shown.encode(encoding, "backslashreplace").decode(encoding)


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f"{_clock(seconds)} left"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
