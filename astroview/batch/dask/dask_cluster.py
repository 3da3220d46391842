"""A batch on a Dask cluster: files are shared out, the journal stays with the one who started it.

Every Dask worker drives worker processes of the house (`process_client.WorkerProcess`), one a
thread, kept warm from file to file. So torch is not in Dask's own process: heartbeats go on while a
network runs, and a frame that kills the process costs one attempt, not a Dask worker.

    ready -> feeding (a few more than there are threads) -> Dask -> landing -> desk
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from astroview.batch.bounded_queue import BoundedQueue
from astroview.batch.dask.dask_worker import DaskJob, DaskWorker, Landed, give_up, work
from astroview.batch.outcome_recorder import OutcomeRecorder, ReadyResult
from astroview.batch.recipe import BatchRecipe
from astroview.batch.retry import CHANGED
from astroview.core import extras
from astroview.core.errors import AstroviewError
from astroview.core.messages.worker_messages import Progress
from astroview.core.options import SavedFile
from astroview.core.texts import Text

Client = Any  # distributed's, which says of itself that it may be asynchronous in every answer
Future = Any
AHEAD = 2  # files a thread of the cluster: one at work, one on its way
COUNT_S = 5.0  # between two looks at how large the cluster is
CONNECT_S = 30
LOST = ("The machine that computed it was lost, more than once", "Does the frame exhaust memory?")


class DaskCluster:
    """The processes of a cluster, to be driven as `local_workers.LocalWorkers` is."""

    def __init__(
        self, client: Client, recipe: BatchRecipe, desk: OutcomeRecorder, address: str
    ) -> None:
        self.client = client
        self._desk, self._address = desk, address
        self._run = f"astroview-{uuid4().hex}"
        self._landed: BoundedQueue[tuple[ReadyResult, Future] | Progress] = BoundedQueue(10**9)
        self._futures: dict[str, Future] = {}
        self._change = threading.Condition()
        self._feeding, self._ended = True, False
        self._room, self._counted = 0, 0.0
        client.register_plugin(DaskWorker(self._run, recipe, desk.recipe), name=self._run)
        client.subscribe_topic(self._run, self._progress)

    def jobs(self, ready: BoundedQueue[ReadyResult]) -> list[Callable[[], None]]:
        """What the threads do until `ready` is closed and empty."""
        return [lambda: self._feed(ready), self._land]

    def cancel(self, names: Sequence[str]) -> None:
        """Give up files that are at work or on their way."""
        if not names:
            return
        with self._change:
            futures = [self._futures[name] for name in names if name in self._futures]
        self.client.cancel(futures)
        self._everywhere(give_up, self._run, tuple(names))

    def kill(self) -> None:
        """Give up everything now."""
        with self._change:
            self._ended = True
            futures = list(self._futures.values())
            self._change.notify_all()
        with suppress(OSError, TimeoutError):
            self.client.cancel(futures)
        self._landed.close(drop=True)

    def leave(self) -> None:
        """Let the cluster's processes go."""
        with suppress(OSError, TimeoutError, ValueError):  # the cluster may be gone itself
            self.client.unsubscribe_topic(self._run)
            self.client.unregister_worker_plugin(self._run)

    def _everywhere(self, what: Callable[..., None], *arguments: Any) -> None:
        with suppress(OSError, TimeoutError):
            self.client.run(what, *arguments, wait=False, on_error="ignore")

    # ---- there -----------------------------------------------------------------------------

    def _feed(self, ready: BoundedQueue[ReadyResult]) -> None:
        try:
            self._greet()
            while (item := ready.get()) is not None:
                if not self._wait_for_room():
                    self._desk.board.put_back(item.task)
                elif not self._desk.board.running(item.task):
                    self._desk.cancelled(item.task)
                else:
                    self._submit(item)
        finally:
            with self._change:
                self._feeding = False
                self._close_when_done()

    def _greet(self) -> None:
        if not self.client.nthreads():
            self._desk.board.problem(
                f"The cluster at {self._address} has no workers yet",
                "The batch begins when some join; start them with: dask worker ADDRESS.",
            )

    def _wait_for_room(self) -> bool:
        """Wait until the cluster can take one more file; False when the batch ends."""
        with self._change:
            while not self._ended:
                if len(self._futures) < self._capacity():
                    return True
                self._change.wait(COUNT_S)
        return False

    def _capacity(self) -> int:
        if time.monotonic() - self._counted > COUNT_S:
            self._room = AHEAD * sum(self.client.nthreads().values())
            self._counted = time.monotonic()
        return self._room

    def _submit(self, item: ReadyResult) -> None:
        task, desk = item.task, self._desk
        out = desk.board.out
        thumbs = "" if isinstance(out, str) else desk.thumbnails(task)  # in a folder all can see
        job = DaskJob(
            *(task.id, task.source, item.size, item.mtime_ns),
            *(str(task.target_in(out)), thumbs),
        )
        with self._change:
            key = f"{task.id}-{uuid4().hex[:8]}"  # a second attempt is another task
            future = self.client.submit(work, self._run, job, key=key, pure=False)
            self._futures[task.id] = future

        def landed(done: Future) -> None:
            self._landed.put((item, done))

        future.add_done_callback(landed)

    # ---- and back --------------------------------------------------------------------------

    def _land(self) -> None:
        while (landed := self._landed.get()) is not None:
            if isinstance(landed, Progress):
                self._show(landed)
                continue
            item, future = landed
            try:
                self._settle(item, future)
            finally:
                with self._change:
                    self._futures.pop(item.task.id, None)
                    self._close_when_done()
                    self._change.notify_all()

    def _close_when_done(self) -> None:
        if not self._feeding and not self._futures:
            self._landed.close()

    def _settle(self, item: ReadyResult, future: Future) -> None:
        task, desk = item.task, self._desk
        if future.cancelled() or future.status == "lost":
            self._given_up(item)
            return
        problem = future.exception()
        if problem is not None:
            if type(problem).__name__ != "KilledWorker":
                raise problem
            desk.retry_or_fail(task, *LOST)
            return
        landed: Landed = future.result()
        match landed.became:
            case "done":
                assert isinstance(landed.saved, SavedFile)
                desk.done(item, landed.saved, landed.seconds)
            case "changed":
                desk.retry_or_fail(task, *CHANGED)
            case "cancelled":
                desk.cancelled(task)
            case "full":
                desk.full(task, AstroviewError(landed.problem, landed.hint))
            case "lost":
                desk.retry_or_fail(task, landed.problem, landed.hint)
            case "failed":
                desk.failed(task, landed.problem, landed.hint, landed.seconds)

    def _given_up(self, item: ReadyResult) -> None:
        if self._desk.board.is_cancelled(item.task):
            self._desk.cancelled(item.task)
        elif self.client.status == "running":
            self._desk.retry_or_fail(item.task, *LOST)
        elif not self._ended:
            raise AstroviewError(
                Text("The Dask scheduler at {address} is gone", address=self._address),
                hint="Start it and the same command again: what is done is skipped.",
            )

    def _progress(self, event: tuple[float, Any]) -> None:
        """On Dask's own loop, which must never wait for whoever is told."""
        name, done, of, eta_s, note = event[1]
        self._landed.put(Progress(name, done, of, eta_s, note))

    def _show(self, event: Progress) -> None:
        entry = self._desk.board.entries.get(event.id)
        if entry is not None and entry.state == "running":
            self._desk.progress(entry.task, event)


@contextmanager
def grid_crew(address: str, recipe: BatchRecipe, desk: OutcomeRecorder) -> Generator[DaskCluster]:
    """A crew on the cluster at an address (see `connected`), which it leaves in the end."""
    with connected(address) as client:
        crew = DaskCluster(client, recipe, desk, address)
        try:
            yield crew
        finally:
            crew.leave()


@contextmanager
def connected(address: str) -> Generator[Client]:
    """A client of the cluster at ``tcp://scheduler:8786`` (or tls://, or a scheduler file), or
    of one on this machine: ``local:4`` has four processes, ``local`` one a core.

    Raises
    ------
    AstroviewError
        Dask is not installed, the address makes no sense, or nobody answers there.
    """
    try:
        import distributed
    except ImportError as problem:
        raise extras.missing("cluster", "dask", "distributed") from problem
    if address == "local" or address.startswith("local:"):
        with _local(address) as cluster, distributed.Client(cluster) as client:
            yield client
        return
    try:
        if address.endswith(".json"):
            Path(address).stat()  # distributed would wait for the file to come
            client = distributed.Client(scheduler_file=address, timeout=CONNECT_S)
        else:
            client = distributed.Client(address, timeout=CONNECT_S)
    except (OSError, ValueError, TimeoutError) as problem:
        raise AstroviewError(
            Text("No Dask scheduler answers at {address}", address=address),
            hint="Give its address as tcp://host:8786, its file as scheduler.json, or local:4.",
        ) from problem
    with client:
        yield client


@contextmanager
def _local(address: str) -> Generator[Any]:
    import logging

    from distributed import LocalCluster

    make: Any = LocalCluster
    count = address.partition(":")[2]
    if count and (not count.isdecimal() or int(count) == 0):
        raise AstroviewError(
            Text("“{address}” is no cluster", address=address),
            hint="local:4 is one of four processes, on this machine.",
        )
    with make(
        n_workers=int(count) if count else None,
        threads_per_worker=1,
        processes=True,
        dashboard_address=":0",  # any port that is free
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster
