"""The tiles of a stack on a Dask cluster: each a task, few at a time, so memory is bounded there
and here.

Frames are not sent: every machine reads its windows from the files. What is sent of them is how
they lie on the grid, once, and of each tile what came out.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from distributed import KilledWorker, Worker, WorkerPlugin, as_completed, get_worker

from astroview import __version__
from astroview.batch.dask.dask_cluster import AHEAD, CONNECT_S, LOST
from astroview.core.errors import AstroviewError, UnreadableFrame
from astroview.core.frame import Frame, Window
from astroview.core.io.open_file import open_frame
from astroview.core.texts import Text
from astroview.engine.stacking.combine_tile import CombinedTile
from astroview.engine.stacking.tile_work import FrameGone, TileWork

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from astroview.engine.stacking.tile_pieces import FineTile, TileTask

Client = Any  # distributed's, which says of itself that it may be asynchronous in every answer


@dataclass(frozen=True)
class FrameFile:
    """A frame's samples, as every machine finds them in its file: a `Source` that can be sent."""

    path: Path
    hdu: int | str | None
    plane: int
    size: int
    mtime_ns: int
    max_bytes: int | None

    @staticmethod
    def of(frame: Frame) -> FrameFile:
        """Raises UnreadableFrame where the file is gone."""
        assert frame.path is not None
        path = frame.path.absolute()
        return FrameFile(path, frame.hdu, frame.plane, *_status(path), frame.max_bytes)

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return self._opened.source.read(window, step)

    @cached_property
    def _opened(self) -> Frame:
        if _status(self.path) != (self.size, self.mtime_ns):
            raise UnreadableFrame(
                Text("{name} has changed since it was measured", name=self.path.name)
            )
        return open_frame(self.path, self.hdu, self.plane, self.max_bytes)


def _status(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as problem:
        raise UnreadableFrame(
            Text("{socket} does not find {path}", socket=socket.gethostname(), path=path)
        ) from problem
    return status.st_size, status.st_mtime_ns


class StackWorker(WorkerPlugin):
    """What a Dask worker has of a stack; workers that join later get it too."""

    def __init__(self, run: str, work: TileWork, version: str) -> None:
        self.run, self.work, self.version = run, work, version

    def setup(self, worker: Worker) -> None:
        """Dask calls this on every worker."""

    def combined(self, task: TileTask) -> CombinedTile:
        """A tile. Raises FrameGone."""
        if self.version != __version__:
            raise AstroviewError(
                Text(
                    "{socket} has astroview {version}, not {self_version}",
                    socket=socket.gethostname(),
                    version=__version__,
                    self_version=self.version,
                ),
                hint="Install the same version everywhere.",
            )
        return self.work.combined(task)


def combine_there(run: str, task: TileTask) -> CombinedTile:
    """What Dask calls on a worker."""
    return cast("StackWorker", get_worker().plugins[run]).combined(task)


@dataclass(frozen=True)
class DaskTiles:
    """A `TileRunner` on a cluster."""

    client: Client
    address: str

    def __call__(
        self, tasks: Iterable[TileTask], work: TileWork
    ) -> Iterator[tuple[FineTile, CombinedTile]]:
        """Each tile as it lands. Raises FrameGone, AstroviewError."""
        self._greet()
        run = f"astroview-stack-{uuid4().hex}"
        self.client.register_plugin(StackWorker(run, _sent(work), __version__), name=run)
        futures: dict[Any, FineTile] = {}
        try:
            yield from self._landing(run, tasks, futures)
        except FrameGone as gone:
            _check_seen(work, gone)
            raise
        except (KilledWorker, CancelledError, OSError) as problem:
            raise self._lost(problem) from problem
        finally:
            with suppress(OSError, TimeoutError, ValueError):  # the cluster may be gone itself
                self.client.cancel(list(futures))
                self.client.unregister_worker_plugin(run)

    def _landing(
        self, run: str, tasks: Iterable[TileTask], futures: dict[Any, FineTile]
    ) -> Iterator[tuple[FineTile, CombinedTile]]:
        waiting, landed = iter(tasks), cast("Any", as_completed())
        self._fill(run, waiting, futures, landed)
        for future in landed:
            tile = futures.pop(future)
            made = future.result()
            self._fill(run, waiting, futures, landed)
            yield tile, made

    def _fill(
        self, run: str, waiting: Iterator[TileTask], futures: dict[Any, FineTile], landed: Any
    ) -> None:
        room = AHEAD * max(1, sum(self.client.nthreads().values()))
        while len(futures) < room and (task := next(waiting, None)) is not None:
            core = task.tile.core
            key = f"{run}-{core.y}-{core.x}"
            future = self.client.submit(combine_there, run, task, key=key, pure=False)
            futures[future] = task.tile
            landed.add(future)

    def _greet(self) -> None:
        try:
            self.client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as problem:
            raise AstroviewError(
                Text("The cluster at {address} has no workers", address=self.address),
                hint="Start some: dask worker ADDRESS.",
            ) from problem

    def _lost(self, problem: BaseException) -> AstroviewError:
        if isinstance(problem, KilledWorker):
            return AstroviewError(*LOST)
        return AstroviewError(
            Text("The Dask scheduler at {address} is gone", address=self.address),
            hint="Start it, and combine again.",
        )


def _sent(work: TileWork) -> TileWork:
    """The work with nothing of a frame but where its samples are."""
    exposures = []
    for place, exposure in enumerate(work.exposures):
        frame = exposure.frame
        try:
            file = FrameFile.of(frame)
        except UnreadableFrame as problem:
            raise FrameGone(place, problem.message) from problem
        bare = Frame(frame.name, frame.shape, 1, frame.kind, file, None, frame.unit, frame.path)
        exposures.append(replace(exposure, frame=bare))
    return replace(work, exposures=tuple(exposures))


def _check_seen(work: TileWork, gone: FrameGone) -> None:
    """A file that is here and not there is no lost frame: the machines see other folders."""
    path = work.exposures[gone.place].frame.path
    if path is not None and path.exists() and "does not find" in gone.why:
        raise AstroviewError(
            gone.why, hint="Every machine of a cluster must see the same folders by the same names."
        ) from gone
