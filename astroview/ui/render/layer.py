"""A frame on screen: an overview that is always there, and the detail of the visible part.

Reading and rendering happen in background threads, one job at a time for each layer; while
one runs only the latest wish is kept. Old pictures stay until new ones are ready.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QRectF, QTimer, Signal

from astroview.core.colour.smooth import BlockSource, SmoothSource
from astroview.core.enhance.trust_level import trusted
from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.process.thread_pool import Background
from astroview.ui.render import sampling
from astroview.ui.render.rendering import Look
from astroview.ui.render.sampling import Overviews, Patch, Samples, SamplingPlan

QUICK_ABOVE = 10_000_000  # samples; what reads more is first shown from a sparse read
AT_ONCE = 4_500_000  # samples; a look-up for each takes about 10 ms
PAUSE_MS = 10  # before reading begins, so that the paint of what is there comes first
PLAIN = (0.0, 1, 0.0)  # the veil of a look that shows samples as they are
NEAR = 0.06  # of the visible part: so close to its rim the next detail is asked for


@dataclass(frozen=True)
class _Job:
    """One background job: which samples (given or to be read) in which look."""

    part: str  # "overview" or "detail"
    plan: SamplingPlan
    look: Look
    samples: Samples | None
    overviews: Overviews


class Layer(QObject):
    """Keeps the pictures of one frame ready for the viewer.

    Parameters
    ----------
    frame
        What to show.
    per_scene
        Frame pixels per scene pixel: 1 for the frame that was opened, 2 for its x2 result.
    """

    changed = Signal()
    failed = Signal(AstroviewError)

    def __init__(self, frame: Frame, per_scene: float, look: Look, background: Background) -> None:
        super().__init__()
        self.frame, self.per_scene = frame, per_scene
        self._look, self._background = look, background
        self._plans: dict[str, SamplingPlan | None] = {
            "overview": sampling.overview_plan(frame.shape),
            "detail": None,
        }
        self._overviews = Overviews.none(frame)
        self._samples: dict[str, Samples] = {}
        self._patches: dict[str, tuple[Patch, Look]] = {}
        self._running = False
        self._broken = False
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self._start)
        self._start()

    def close(self) -> None:
        """No longer shown: answers still to come are dropped."""
        self._broken = True
        self.deleteLater()

    @property
    def settled(self) -> bool:
        """Whether the pictures on screen are the ones wished for."""
        return self._broken or (not self._running and self._next_job() is None)

    @property
    def patches(self) -> list[Patch]:
        """What to paint, coarse first."""
        found = (self._patches.get(part) for part in ("overview", "detail"))
        return [patch for patch, _ in filter(None, found)]

    @property
    def samples(self) -> list[Samples]:
        """What the pictures are made of, coarse first."""
        found = (self._samples.get(part) for part in ("overview", "detail"))
        return [samples for samples in found if samples is not None]

    @property
    def look(self) -> Look:
        """How samples become a picture now."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Change the display; the old picture stays until the new one is ready."""
        if look.veil != self._look.veil:
            self._samples.clear()
        self._look = look
        if self._render_now():
            self._soon.start()
        else:
            self._start()

    def set_overviews(self, overviews: Overviews) -> None:
        """Levels of means are there now: sparse samples give way to them."""
        self._overviews = overviews
        self._start()

    def show_region(self, visible: QRectF, zoom: float) -> None:
        """Wish for a scene rectangle at so many device pixels per scene pixel."""
        k = sampling.pitch_for(self.per_scene / zoom)
        if k == sampling.overview_plan(self.frame.shape).k:
            self._want_detail(None)
            return
        scale = self.per_scene
        wanted = QRectF(
            visible.x() * scale,
            visible.y() * scale,
            visible.width() * scale,
            visible.height() * scale,
        ).intersected(QRectF(0, 0, self.frame.shape[1], self.frame.shape[0]))
        current = self._plans["detail"]
        if wanted.isEmpty() or (current and _serves(current, wanted, k, self.frame.shape)):
            return
        self._want_detail(sampling.plan_around(wanted, k, self.frame.shape))

    def _want_detail(self, plan: SamplingPlan | None) -> None:
        if plan != self._plans["detail"]:
            self._plans["detail"] = plan
            if plan is None:
                self._samples.pop("detail", None)
                self._patches.pop("detail", None)
                self.changed.emit()
            if self._patches:
                self._soon.start()  # what is there is painted first
            else:
                self._start()

    def _next_job(self) -> _Job | None:
        parts = ("detail", "overview") if "detail" in self._samples else ("overview", "detail")
        for part in parts:
            plan = self._plans[part]
            if plan is None:
                continue
            samples = self._samples.get(part)
            todo = self._to_read(plan, samples)
            if todo is not None:
                return _Job(part, todo, self._look, None, self._overviews)
            patch = self._patches.get(part)
            if samples and (patch is None or patch[1] != self._look):
                return _Job(part, plan, self._look, samples, self._overviews)
        return None

    def _to_read(self, plan: SamplingPlan, samples: Samples | None) -> SamplingPlan | None:
        """What to read next for a plan; None when the best there can be is there."""
        if samples and samples.plan == plan:
            return None
        levels = self._overviews if self._look.veil == PLAIN else Overviews.none(self.frame)
        cost = levels.samples.cost(plan.cells, plan.k)
        if plan.k == 1 or cost <= QUICK_ABOVE:
            return plan
        quick = sampling.sparse(plan, self.frame.shape)
        has_quick = samples is not None and samples.plan == quick
        moved = samples is not None and samples.plan.k == plan.k and not samples.plan.sparse
        if cost <= sampling.READ_AT_MOST and (has_quick or moved):
            return plan
        return None if has_quick else quick

    def _start(self) -> None:
        job = None if self._running or self._broken else self._next_job()
        if job is None:
            return
        self._running = True
        self._background.run(partial(_work, self.frame, job), partial(self._done, job), self._fail)

    def _done(self, job: _Job, result: tuple[Samples, Patch]) -> None:
        self._running = False
        if self._broken:
            return
        samples, patch = result
        if job.look.veil != self._look.veil:  # what was read is not what is wanted any more
            self._start()
            return
        if self._plans[job.part] is not None:
            self._samples[job.part] = samples
            shown = self._patches.get(job.part)
            if job.samples is None or shown is None or shown[1] != self._look:
                self._patches[job.part] = (patch, job.look)
            self._render_now()
            self.changed.emit()
        self._start()

    def _render_now(self) -> bool:
        """Give the picture on top the wished look at once, where that is only a look-up."""
        part = "detail" if "detail" in self._patches else "overview"
        samples, shown = self._samples.get(part), self._patches.get(part)
        if samples is None or shown is None or shown[1] == self._look:
            return False
        if samples.chroma is not None or samples.values.size > AT_ONCE:
            return False
        self._patches[part] = (sampling.render(samples, self._look), self._look)
        self.changed.emit()
        return True

    def _fail(self, error: AstroviewError) -> None:
        self._running = False
        if self._broken:
            return
        self._broken = True
        self.failed.emit(error)
        self.changed.emit()


def _work(frame: Frame, job: _Job) -> tuple[Samples, Patch]:
    samples = job.samples or _read(frame, job)
    return samples, sampling.render(samples, job.look)


def _read(frame: Frame, job: _Job) -> Samples:
    if job.look.veil == PLAIN:
        return sampling.read(frame, job.plan, job.overviews)
    return sampling.read(veiled(frame, job.look), job.plan)


def veiled(frame: Frame, look: Look) -> Frame:
    """A frame as a look sees it: without unsure detail, smoothed, or in blocks."""
    source = trusted(frame, look.trust).source
    if look.block > 1:
        source = BlockSource(source, frame.shape, look.block)
    if look.smooth > 0:
        source = SmoothSource(source, frame.shape, look.smooth)
    return replace(frame, source=source)


def _serves(plan: SamplingPlan, wanted: QRectF, k: float, shape: tuple[int, int]) -> bool:
    """Whether the cells reach a little beyond what is wanted, or to the frame's rim."""
    x, y = wanted.width() * NEAR, wanted.height() * NEAR
    reach = wanted.adjusted(-x, -y, x, y).intersected(QRectF(0, 0, shape[1], shape[0]))
    return plan.k == k and plan.covers.contains(reach)
