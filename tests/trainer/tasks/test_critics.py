"""Critics have the shapes and fields of view of their papers, and can tell real from made."""

import logging
from pathlib import Path

import pytest
import torch
from torch import Tensor
from torchvision.models import vgg19

from trainer.tasks import losses
from trainer.tasks.critics import PatchCritic, WholeCritic
from trainer.tasks.vgg_features import vgg_features


def field_of_view(critic: PatchCritic, side: int) -> int:
    x = torch.zeros(1, 3, side, side, requires_grad=True)
    logits = critic(x)
    middle = logits.shape[-1] // 2
    logits[0, 0, middle, middle].backward()
    assert x.grad is not None
    rows = x.grad.abs().sum((0, 1, 3)).nonzero()
    return int(rows.max() - rows.min()) + 1


def test_a_patch_is_70_pixels_wide():
    # without normalisation, which sees the whole picture
    assert field_of_view(PatchCritic(3, width=4, normalise=False), 160) == 70


def test_the_published_sizes():
    assert sum(p.numel() for p in PatchCritic(6).parameters()) == 2_768_705
    # pix2pix on 256 x 256 gives 30 x 30 patches
    assert PatchCritic(6, width=4)(torch.zeros(1, 6, 256, 256)).shape == (1, 1, 30, 30)
    logits = WholeCritic(3, width=4)(torch.zeros(2, 3, 96, 96))
    assert logits.shape == (2, 1)


@pytest.mark.parametrize("critic", [PatchCritic(1, width=8), WholeCritic(1, width=4)])
def test_a_critic_learns_to_tell_noise_from_gradients(critic: torch.nn.Module):
    generator = torch.Generator().manual_seed(3)
    ramp = torch.linspace(0, 1, 32).expand(4, 1, 32, 32)

    def noise() -> Tensor:
        return torch.rand(4, 1, 32, 32, generator=generator)

    optimizer = torch.optim.Adam(critic.parameters(), 2e-3, (0.5, 0.9))
    for _ in range(12):
        optimizer.zero_grad()
        losses.minimax_critic(critic(ramp), critic(noise())).backward()
        optimizer.step()
    assert critic(ramp).mean() > critic(noise()).mean() + 1


def test_vgg_features_come_from_a_file(tmp_path: Path):
    torch.manual_seed(0)
    with torch.device("meta"):
        state = vgg19(weights=None).features[:9].state_dict()
    state = {k: torch.randn(v.shape) * 0.02 for k, v in state.items()}
    with torch.device("meta"):
        shapes = vgg19(weights=None).features.state_dict()
    whole = {k: state.get(k, torch.zeros(v.shape)) for k, v in shapes.items()}
    file = tmp_path / "vgg19.pt"
    torch.save({f"features.{k}": v for k, v in whole.items()}, file)
    features = vgg_features("2_2", file)
    assert features is not None
    picture = torch.rand(1, 1, 32, 32)
    assert features(picture).shape == (1, 128, 16, 16)
    assert features(picture).std() > 0
    assert not any(p.requires_grad for p in features.parameters())


def test_without_weights_it_says_what_is_used_instead(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        assert vgg_features("5_4", tmp_path / "gone.pt") is None
    assert "critic's features instead" in caplog.text
