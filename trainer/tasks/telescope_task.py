"""Super-resolution in the linear units of one telescope: batches of its own skies, a score on
frames as it takes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from astroview.core.colour.stretch import Stretch
from astroview.core.options import EnhanceOptions
from astroview.engine.networks.superres import enlarge
from astroview.engine.networks.tile_superres import Sharpener, sharpen
from astroview.engine.pipeline.enhance_plan import setting_for
from trainer import metrics
from trainer.config import Recipe
from trainer.data.exposures import Exposure
from trainer.data.pictures import Shown
from trainer.data.simulated_skies import Sky
from trainer.tasks.superres_task import SuperResTask


class TelescopeSkies(Protocol):
    """What is learnt from, and what a run is watched by."""

    @property
    def skies(self) -> Sequence[Sky]: ...
    @property
    def watched(self) -> Sequence[Exposure]: ...
    @property
    def star(self) -> float: ...


class TelescopeTask(SuperResTask):
    """`SuperResTask` whose skies are a telescope's own (see `trainer.data.telescope_pairs`), and
    that is scored on ``watched`` exposures: PSNR in each frame's stretch, with all flux kept and
    with the noise left out.
    """

    def __init__(
        self,
        recipe: Recipe,
        train: Sequence[Shown],
        held: Sequence[Shown],
        seen: TelescopeSkies,
        *,
        control: bool = False,
    ) -> None:
        none = replace(recipe, data=replace(recipe.data, skies=0.0))
        super().__init__(none, train, held)
        self.recipe, self.skies, self.star = recipe, list(seen.skies), seen.star
        self.watched, self.control = tuple(seen.watched), control
        self.notes |= {"skies": recipe.data.skies, "sky_exposures": len(self.skies)}

    def batch(self, step: int, size: int) -> dict[str, Tensor]:
        """As of `SuperResTask`; of a control each sky has another one's truth."""
        made = super().batch(step, size)
        if self.control:
            sky = made["curve"][:, 0].isfinite()
            made["y"][sky] = made["y"][sky].roll(1, 0)
        return made

    @torch.no_grad()
    def score(self, network: nn.Module) -> dict[str, float]:
        """Means over the watched exposures: "psnr" of both ways together, and each by itself."""
        rows = [score_exposure(network, exposure, self.star) for exposure in self.watched]
        made = metrics.means([{key: row[key] for key in row} for row in rows])
        return {"psnr": (made["kept_psnr"] + made["denoised_psnr"]) / 2, **made}


@torch.no_grad()
def score_exposure(network: Any, exposure: Exposure, star: float) -> dict[str, float]:
    """PSNR in the frame's stretch: all flux kept, the noise left out, and bicubic's; ``star`` see
    `bounded.around`.
    """
    frame = exposure.frame
    setting = setting_for(frame, EnhanceOptions(device="cpu"))
    how = Sharpener(
        network,
        setting.stretch,
        setting.sigma,
        noise=setting.noise,
        floor=setting.floor,
        box=1.0,
        grain=setting.grain,
        star=star,
    )
    x = torch.from_numpy(exposure.seen)[None, None].to(metrics.beside(network))
    truth = _shown(setting.stretch, torch.from_numpy(exposure.truth)[None, None])
    made = {
        "kept_psnr": sharpen(how, x).samples,
        "denoised_psnr": sharpen(replace(how, denoise=True), x).samples,
        "bicubic_psnr": enlarge(x, exposure.scale),
    }
    return {key: metrics.psnr(_shown(setting.stretch, y), truth) for key, y in made.items()}


def _shown(stretch: Stretch, x: Tensor) -> Tensor:
    return torch.from_numpy(stretch.forward(x.cpu().numpy()).clip(0, 1))
