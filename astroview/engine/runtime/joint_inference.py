"""Several small frames at once: their networks are asked together.

A small frame leaves a GPU mostly idle: the way to it and back takes longer than the work. So each
of a few frames is enhanced in a thread of its own, as if alone, and where it asks a network it
waits until all that are still at work ask something too. Questions to one network about inputs of
one shape then go through as one batch. What a frame fails of, it fails of in its own thread.

Nothing of a frame but these questions is shared, and no network here looks from one picture of a
batch at another: the answers are those of the frame alone (to rounding).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import torch
from torch import Tensor, nn

from astroview.engine.networks.combined import Combined
from astroview.engine.runtime.cache import Cache

M = TypeVar("M", bound=nn.Module)
Work = Callable[[Cache], None]


def abreast(works: Sequence[Work], memo: Cache) -> None:
    """Do some works at once, each with a memo of its own whose networks are asked together.

    Parameters
    ----------
    works
        Enhance a frame each. What one raises comes out when all have ended, the first first.
    memo
        Keeps the networks.
    """
    meeting = JointInference(len(works))
    networks = _Networks(memo, meeting)
    with ThreadPoolExecutor(len(works), thread_name_prefix="frame") as pool:
        futures = [pool.submit(_attend, work, networks, meeting) for work in works]
    for future in futures:
        future.result()


def _attend(work: Work, networks: _Networks, meeting: JointInference) -> None:
    try:
        work(_OwnMemo(networks))
    finally:
        meeting.leave()


class JointInference:
    """Where so many threads meet before a network is asked."""

    def __init__(self, count: int) -> None:
        self.passes = 0  # times that several went through a network as one
        self._at_work = count
        self._asked: list[_Question] = []
        self._change = threading.Condition()

    def ask(self, method: Callable[..., Any], *inputs: Tensor) -> Any:
        """What ``method(*inputs)`` gives; along their first axis inputs are pictures."""
        question = _Question(method, inputs)
        with self._change:
            self._asked.append(question)
            self._answer_when_all_ask()
            self._change.wait_for(lambda: question.is_over)
            if question.answer is None:  # it was the only one of its kind, or together they failed
                question.answer = method(*inputs)
        return question.answer

    def leave(self) -> None:
        """Whoever calls asks no more."""
        with self._change:
            self._at_work -= 1
            self._answer_when_all_ask()

    def _answer_when_all_ask(self) -> None:
        if not self._asked or len(self._asked) < self._at_work:
            return
        asked, self._asked = self._asked, []
        kinds: dict[Hashable, list[_Question]] = {}
        for question in asked:
            kinds.setdefault(question.kind, []).append(question)
        try:
            for alike in kinds.values():
                if len(alike) > 1:
                    self.passes += _answered(alike)
        finally:  # whatever it fails of, nobody waits for ever
            for question in asked:
                question.is_over = True
            self._change.notify_all()


class _Question:
    """A network's method, and what it is asked about."""

    def __init__(self, method: Callable[..., Any], inputs: tuple[Tensor, ...]) -> None:
        self.method, self.inputs = method, inputs
        self.answer: Any = None
        self.is_over = False

    @property
    def kind(self) -> Hashable:
        """Questions of one kind may go through together."""
        return self.method, *((x.shape, x.dtype) for x in self.inputs)


def _answered(alike: Sequence[_Question]) -> bool:
    """Answer questions of one kind at once; False when that cannot be done: too little memory,
    for one. Then each frame asks for itself, and whoever fails fails alone.
    """
    count = len(alike[0].inputs[0])
    try:
        inputs = [torch.cat(one) for one in zip(*(q.inputs for q in alike), strict=True)]
        answer = alike[0].method(*inputs)
    except (RuntimeError, MemoryError):
        return False
    for i, question in enumerate(alike):
        question.answer = _part(answer, slice(i * count, (i + 1) * count))
    return True


def _part(answer: Any, pictures: slice) -> Any:
    if isinstance(answer, Tensor):
        return answer[pictures]
    parts = [_part(one, pictures) for one in answer]
    kind = type(answer)
    return kind(*parts) if hasattr(kind, "_fields") else kind(parts)


@dataclass(frozen=True)
class _Answer:
    """A colorizer's `answer` at one place of a frame: of pictures alone, so that several may go
    through together; equal where they may.
    """

    network: nn.Module
    place: Hashable
    levels: int

    def __call__(self, L_B1HW: Tensor, code: Tensor, *rest: Tensor) -> Any:
        levels, guide = list(rest[: self.levels]), rest[self.levels :]
        answer = cast("Any", self.network).answer
        return answer(L_B1HW, levels, code, guide[0] if guide else None, self.place)


class _Asked:
    """A network as one of several frames sees it."""

    def __init__(self, network: nn.Module, meeting: JointInference) -> None:
        self._network, self._meeting = network, meeting

    def __call__(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(self._network, *inputs)

    def features(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(cast("Any", self._network).features, *inputs)

    def box_odds(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(cast("Any", self._network).box_odds, *inputs)

    def finish(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(cast("Any", self._network).finish, *inputs)

    def out(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(cast("Any", self._network).out, *inputs)

    def look(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(cast("Any", self._network).look, *inputs)

    def read(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(cast("Any", self._network).read, *inputs)

    def answer(
        self,
        L_B1HW: Tensor,
        levels: list[Tensor],
        code: Tensor,
        guide_B4hw: Tensor | None = None,
        place: Hashable = None,
    ) -> Any:
        asked = _Answer(self._network, place, len(levels))
        guide = () if guide_B4hw is None else (guide_B4hw,)
        return self._meeting.ask(asked, L_B1HW, code, *levels, *guide)

    def rank(self, *inputs: Tensor) -> Any:
        return self._meeting.ask(cast("Any", self._network).rank, *inputs)

    def parameters(self) -> Any:
        return self._network.parameters()

    @property
    def asks_reduction(self) -> bool:
        return bool(getattr(self._network, "asks_reduction", False))

    @property
    def scale(self) -> int:
        return cast("Any", self._network).scale


class _Networks:
    """The networks that all ask, each loaded once."""

    def __init__(self, memo: Cache, meeting: JointInference) -> None:
        self._memo, self._meeting = memo, meeting
        self._lock = threading.Lock()

    def get(self, key: Hashable, load: Callable[[], M]) -> M:
        with self._lock:
            network = self._memo.network(key, load)
        if isinstance(network, Combined):  # has parts of its own, which each frame asks alone
            return network
        return cast("M", _Asked(network, self._meeting))


class _OwnMemo(Cache):
    """What one frame remembers while it is enhanced."""

    def __init__(self, networks: _Networks) -> None:
        super().__init__()
        self._networks = networks

    def network(self, key: Hashable, load: Callable[[], M]) -> M:
        return self._networks.get(key, load)
