"""What several processes make of a batch is what one makes of it."""

from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.loop.batch_shares import GROUP, dealt, share_of


class Drawn:
    """Makes batches of random numbers, and counts the samples."""

    def __init__(self) -> None:
        self.samples = 0

    def __call__(self, step: int, size: int) -> dict[str, torch.Tensor]:
        self.samples += size
        generator = torch.Generator().manual_seed(step % (2**63))
        return {"x": torch.rand(size, 2, generator=generator)}


@given(st.integers(1, 6), st.integers(1, 100), st.integers(0, 10**6))
def test_shares_make_the_batch_that_one_process_makes(processes: int, size: int, step: int):
    whole = share_of(Drawn(), 0, 1)(step, size)["x"]
    makers = [Drawn() for _ in range(processes)]
    parts = [share_of(make, i, processes)(step, size)["x"] for i, make in enumerate(makers)]
    together = torch.cat(parts)
    assert sorted(map(tuple, together.tolist())) == sorted(map(tuple, whole.tolist()))
    if dealt(size, processes):
        assert all(make.samples == size // processes for make in makers)


def test_a_usual_batch_is_drawn_as_ever():
    for size in (1, 9, GROUP):
        assert torch.equal(share_of(Drawn(), 0, 1)(7, size)["x"], Drawn()(7, size)["x"])
    assert dealt(GROUP * 4, 4)
    assert not dealt(GROUP, 2)
