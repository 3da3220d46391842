"""What errors say of a device, and who takes over."""

from __future__ import annotations

import pytest
import torch

from astroview.core.errors import AstroviewError, OutOfMemory
from astroview.engine.runtime.device import is_lost, is_out_of_memory, or_on_cpu, pick

FULL = (
    "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory: "
    "you tried to allocate 9000000000 bytes. Error code 12 (Cannot allocate memory)",
    "DefaultCPUAllocator: not enough memory: you tried to allocate 9000000000 bytes.",
    "MPS backend out of memory (MPS allocated: 17.99 GB, other allocations: 1.00 MB)",
    "CUDA error: out of memory",
    "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
)


@pytest.mark.parametrize("said", FULL)
def test_lack_of_memory_is_known_by_its_words(said: str):
    def work(name: str) -> list[str]:
        if name == "cpu":
            return []
        raise RuntimeError(said)

    assert is_out_of_memory(RuntimeError(said))
    (note,) = or_on_cpu("cuda", work, lambda made, note: [*made, note])
    assert note.startswith("The memory of cuda did not hold this frame; ")


def test_the_cpus_own_lack_of_memory_is_told_as_such():
    def work(_: str) -> str:
        raise RuntimeError(FULL[0])

    with pytest.raises(OutOfMemory) as caught:
        or_on_cpu("cpu", work, lambda made, _: made)
    assert caught.value.hint


def test_other_errors_are_no_fault_of_a_device():
    def work(_: str) -> str:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    with pytest.raises(RuntimeError, match="mat1"):
        or_on_cpu("cuda", work, lambda made, _: made)
    assert not is_lost(ValueError("CUDA error"))
    assert is_lost(RuntimeError("CUDA error: unspecified launch failure"))
    assert is_out_of_memory(torch.OutOfMemoryError("full"))


@pytest.mark.parametrize(
    ("name", "is_there"),
    [("cuda", True), ("cuda:1", True), ("cuda:2", False), ("cuda:x", False), ("cuda:", False),
     ("cpu:0", True), ("cpu:", False), ("", False), ("auto", True)],
)  # fmt: skip
def test_of_two_gpus_there_is_no_third(
    name: str, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    if is_there:
        assert str(pick(name)) == ("cuda" if name == "auto" else name)
    else:
        with pytest.raises(AstroviewError, match="this machine has no"):
            pick(name)
