"""The optimizer: torch's AdamW where it says so, orthogonal steps for inner convolutions."""

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from trainer.loop.muon import Muon, orthogonal


def small_network() -> nn.Sequential:
    torch.manual_seed(0)
    layers = [nn.Conv2d(2, 16, 3, padding=1), nn.SiLU(), nn.Conv2d(16, 24, 3, padding=1)]
    return nn.Sequential(*layers, nn.SiLU(), nn.Conv2d(24, 1, 3, padding=1))


def one_step(network: nn.Module, optimizer: torch.optim.Optimizer, x: Tensor) -> None:
    optimizer.zero_grad()
    functional.mse_loss(network(x), x.mean(1, keepdim=True)).backward()
    optimizer.step()


@pytest.mark.parametrize("shape", [(24, 144), (144, 24), (16, 16)])
def test_an_orthogonal_matrix_has_singular_values_near_one(shape: tuple[int, int]):
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(1))
    values = torch.linalg.svdvals(orthogonal(matrix * 1e3))
    assert 0.6 < values.min() < values.max() < 1.3


def test_an_orthogonal_matrix_keeps_its_singular_vectors():
    left, _, right = torch.linalg.svd(torch.randn(12, 40), full_matrices=False)
    made = left @ torch.diag(torch.linspace(1, 5, 12)) @ right
    assert functional.cosine_similarity(
        orthogonal(made, rounds=8).flatten(), (left @ right).flatten(), 0
    ) > 0.97  # fmt: skip


def test_without_a_rate_for_convolutions_it_is_torchs_adamw():
    mine, theirs = small_network(), small_network()
    ours = Muon(mine, 1e-2, 0.0)
    reference = torch.optim.AdamW(theirs.parameters(), 1e-2, (0.9, 0.99), weight_decay=1e-4)
    for seed in range(5):
        x = torch.randn(2, 2, 8, 8, generator=torch.Generator().manual_seed(seed))
        one_step(mine, ours, x)
        one_step(theirs, reference, x)
    for a, b in zip(mine.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_only_inner_convolutions_take_orthogonal_steps():
    network = small_network()
    before = copy.deepcopy(network)
    optimizer = Muon(network, 1e-3, 0.02)
    one_step(network, optimizer, torch.randn(2, 2, 8, 8))
    inner = (network[2].weight - before[2].weight).flatten(1)
    assert torch.linalg.svdvals(inner).min() > 0.6 * 0.02
    for i in (0, 4):  # AdamW's first step has the size of its rate
        assert (network[i].weight - before[i].weight).abs().max() < 1.1e-3


def test_its_state_comes_back_from_a_checkpoint():
    network = small_network()
    optimizer = Muon(network, 1e-3, 0.02)
    x = torch.randn(2, 2, 8, 8)
    one_step(network, optimizer, x)
    other = copy.deepcopy(network)
    resumed = Muon(other, 1e-3, 0.02)
    resumed.load_state_dict(copy.deepcopy(optimizer.state_dict()))
    one_step(network, optimizer, x)
    one_step(other, resumed, x)
    for a, b in zip(network.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b)
