"""A machine is shared out by its cores and the memory that is allowed, and nothing else."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from astroview.batch import device_slots
from astroview.batch.batch_run import Conduct, enhance_paths
from astroview.batch.bounded_queue import MemoryBudget
from astroview.batch.recipe import BatchRecipe
from astroview.core.messages.batch_messages import BatchEvent, ItemState
from astroview.core.models.model_card import sha256_of
from astroview.core.options import EnhanceOptions

MB = 2**20


def test_a_cpu_has_a_lane_a_core_as_far_as_memory_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    assert device_slots.cores() == 4
    assert device_slots.lanes_for(("cpu",), 64_000 * MB) == ("cpu",) * 4
    assert device_slots.lanes_for(("auto",), 1500 * MB) == ("auto",) * 2
    assert device_slots.lanes_for(("auto",), 1) == ("auto",)
    assert device_slots.lanes_for(("cuda:0", "cuda:1"), 1) == ("cuda:0", "cuda:1")
    assert device_slots.lanes_for(("mps",), 64_000 * MB) == ("mps",)
    monkeypatch.setenv("OMP_NUM_THREADS", "64")
    assert len(device_slots.lanes_for(("cpu",), 64_000 * MB)) == device_slots.MOST
    monkeypatch.setenv("OMP_NUM_THREADS", "many")
    assert device_slots.cores() >= 1


@pytest.mark.parametrize(
    ("size", "most", "threads"),
    [(0, 8, 1), (MB, 8, 1), (2 * MB, 8, 2), (7 * MB, 8, 4), (900 * MB, 8, 8), (900 * MB, 6, 4)],
)
def test_large_files_are_given_more_cores(size: int, most: int, threads: int) -> None:
    assert device_slots.threads_for(size, most) == threads


def test_much_is_not_kept_waiting_by_little() -> None:
    budget, order = MemoryBudget(10), list[str]()
    budget.take(6)

    def want(name: str, count: int) -> threading.Thread:
        def work() -> None:
            budget.take(count)
            order.append(name)
            budget.give_back(count)

        thread = threading.Thread(target=work)
        thread.start()
        while budget.waiting < len(threads) + 1:
            pass
        return thread

    threads: list[threading.Thread] = []
    threads.append(want("more than all", 12))
    threads.append(want("little", 1))
    assert not order
    budget.give_back(6)
    for thread in threads:
        thread.join()
    assert order == ["more than all", "little"]


def test_two_at_a_time_give_what_one_gives(
    cuts: tuple[Path, Path], tiny_frame: Path, tmp_path: Path, tiny_models: EnhanceOptions,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    paths = [tiny_frame, *cuts]
    found: list[dict[str, str]] = []
    for count in (1, 2):
        monkeypatch.setenv("OMP_NUM_THREADS", str(count))
        out, ends = tmp_path / str(count), list[ItemState]()

        def tell(event: BatchEvent, ends: list[ItemState] = ends) -> None:
            if isinstance(event, ItemState) and event.state == "done":
                ends.append(event)

        recipe = BatchRecipe(replace(tiny_models, device="auto"))
        assert enhance_paths(paths, out, recipe, tell, Conduct(thumbs=True)).done == len(paths)
        assert all(Path(end.after).exists() for end in ends)
        found.append({path.name: sha256_of(path) for path in out.iterdir() if path.is_file()})
    assert found[0] == found[1]
    assert len(found[0]) == len(paths)
