"""The critic's part in training: what the generator owes it, and how it learns itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from lightning_fabric import Fabric
from torch import Tensor, nn

from trainer.config import CriticConfig, LossConfig, Recipe
from trainer.tasks import losses
from trainer.tasks.critics import PatchCritic, WholeCritic
from trainer.tasks.vgg_features import Features, vgg_features

BETAS = (0.5, 0.999)  # Adam's of Isola et al. 2017


@dataclass
class Adversary:
    """A critic, its optimizer, and the feature maps of the content loss (None: the critic's)."""

    critic: PatchCritic | WholeCritic
    optimizer: torch.optim.Optimizer
    features: Features | None
    config: CriticConfig

    @property
    def content(self) -> str:
        """What the content loss compares, in words."""
        if self.features is None:
            return "features of the run's own critic, in place of VGG19's"
        return f"feature map phi_{self.config.vgg.replace('_', ',')} of VGG19"

    def owed(self, fake: Tensor, real: Tensor, weights: LossConfig) -> dict[str, Tensor]:
        """The generator's terms for what it made (B, C, H, W) beside what is real."""
        self.critic.requires_grad_(requires_grad=False)
        hinge = self.config.game == "hinge"
        judged = losses.hinge_generator if hinge else losses.adversarial
        terms = {"adversarial": judged(self.critic(fake).float()) * weights.adversarial}
        if weights.matching or (weights.content and self.features is None):
            made, true = ([x.float() for x in self.critic.features(seen)] for seen in (fake, real))
            share = weights.matching + (0.0 if self.features else weights.content)
            terms["matching"] = losses.feature_matching(made, true) * share
        if weights.content and self.features is not None:
            gap = losses.content(self.features(fake).float(), self.features(real).float())
            terms["content"] = gap * weights.content
        return terms

    def learn(self, fake: Tensor, real: Tensor, fabric: Fabric) -> Tensor:
        """One step of the critic, the same in every process; returns its loss."""
        self.critic.requires_grad_(requires_grad=True)
        hinge = self.config.game == "hinge"
        judge = losses.hinge_critic if hinge else losses.minimax_critic
        with fabric.autocast():
            said = [self.critic(seen).float() for seen in (real, fake.detach())]
        loss = judge(*said)
        self.optimizer.zero_grad()
        fabric.backward(loss)
        if fabric.world_size > 1:
            for gradient in (p.grad for p in self.critic.parameters() if p.grad is not None):
                gradient.copy_(cast("Tensor", fabric.all_reduce(gradient, reduce_op="mean")))
        self.optimizer.step()
        return loss.detach()

    def state(self) -> dict[str, Any]:
        """For a checkpoint."""
        return {"critic": self.critic.state_dict(), "optimizer": self.optimizer.state_dict()}

    def restore(self, state: dict[str, Any]) -> None:
        """From a checkpoint."""
        self.critic.load_state_dict(state["critic"])
        self.optimizer.load_state_dict(state["optimizer"])


def adversary_for(recipe: Recipe, channels: int, device: torch.device) -> Adversary | None:
    """The adversary that a recipe asks for, of pictures with so many channels, on a device."""
    config = recipe.critic
    if not config.kind:
        return None
    kinds: dict[str, type[nn.Module]] = {"patch": PatchCritic, "whole": WholeCritic}
    critic = cast("PatchCritic | WholeCritic", kinds[config.kind](channels, config.width))
    critic.to(device)
    file = Path(config.vgg_file) if config.vgg_file else None
    features = vgg_features(config.vgg, file) if recipe.loss.content else None
    optimizer = torch.optim.Adam(critic.parameters(), config.lr, BETAS)
    return Adversary(critic, optimizer, features.to(device) if features else None, config)
