"""The super-resolver: plain convolutions on the low-resolution grid, flux kept exactly.

Networks of residual blocks are in `engine.networks.residual`.

Legend: ``u`` a plane in stretched units (about 0..1), ``s`` the scale.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional

ROUNDS = 3  # of smooth back-projection


class Compact(nn.Module):
    """A stack of 3x3 convolutions, then pixel shuffle, around a bicubic shortcut.

    The layout is that of compact real-time networks (ESPCN, Shi et al. 2016; the "compact"
    VGG-style stack of Real-ESRGAN), without normalisation. The noise level is a second input
    plane, as in SRMD (Zhang et al. 2018).

    Parameters
    ----------
    scale, width, depth
        Magnification, channels, and number of hidden 3x3 layers.
    """

    def __init__(self, scale: int = 2, width: int = 48, depth: int = 10) -> None:
        super().__init__()
        self.scale, self.halved = scale, False
        self.head = nn.Conv2d(2, width, 3, padding=1)
        self.body = nn.ModuleList([nn.Conv2d(width, width, 3, padding=1) for _ in range(depth)])
        self.tail = nn.Conv2d(width, scale * scale, 3, padding=1)
        for layer in self.body:
            if not self.head.weight.is_meta:  # it would bring in torch's compiler, and seconds
                nn.init.kaiming_normal_(layer.weight, 0.1)  # type: ignore[arg-type]
            nn.init.zeros_(layer.bias)  # type: ignore[arg-type]
        nn.init.zeros_(self.tail.weight)
        nn.init.zeros_(self.tail.bias)  # type: ignore[arg-type]

    def forward(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """Super-resolve (B, 1, H, W) with noise levels (B,) in the same units to
        (B, 1, sH, sW). The flux is not projected here: see `project`.
        """
        return self.finish(self.features(u_B1HW, sigma_B), u_B1HW)

    def halve(self) -> None:
        """Take the hidden layers in bfloat16 from now on, with sums, shortcut, first and last
        layer in float32: see `engine.runtime.precision`.
        """
        self.body.bfloat16()
        self.halved = True

    def features(self, u_B1HW: Tensor, sigma_B: Tensor) -> Tensor:
        """What the last layer sees, (B, width, H, W); an uncertainty head looks at it too."""
        noise = sigma_B.view(-1, 1, 1, 1).expand_as(u_B1HW)
        planes = torch.cat([u_B1HW - 0.3, noise * 10], 1)
        shortcut = to_be_halved(self.head, planes) if self.halved else self.head(planes)
        x = shortcut.bfloat16() if self.halved else shortcut
        learning = torch.is_grad_enabled()
        for i, layer in enumerate(self.body):  # in place, a pass over memory less: a tenth faster
            x = layer(functional.leaky_relu(x, 0.1, inplace=i > 0 and not learning))
        return x.float().add_(shortcut.float()) if self.halved else x + shortcut

    def finish(self, features_BCHW: Tensor, u_B1HW: Tensor) -> Tensor:
        """From `features` of u to what `forward` returns."""
        x = self.tail(functional.leaky_relu(features_BCHW, 0.1))
        return functional.pixel_shuffle(x, self.scale) + enlarge(u_B1HW, self.scale)


def to_be_halved(layer: nn.Conv2d, x_BCHW: Tensor) -> Tensor:
    """What a first layer of few planes says, in float64, before it is rounded to bfloat16.

    The last bits of float32 depend on the size of a tile. Rounded to eight bits such a bit now
    and then becomes the eighth, and tiles would no longer agree.
    """
    weight, bias = layer.weight.double(), None if layer.bias is None else layer.bias.double()
    return functional.conv2d(x_BCHW.double(), weight, bias, padding=1)


def enlarge(u_BCHW: Tensor, scale: int) -> Tensor:
    """Bicubic interpolation to (B, C, sH, sW)."""
    return functional.interpolate(u_BCHW, scale_factor=scale, mode="bicubic", align_corners=False)


def settle(
    y_BCHW: Tensor, x_BCHW: Tensor, means: Callable[[Tensor], Tensor] | None = None
) -> Tensor:
    """Bring the box means of y near x by smooth back-projection (Irani & Peleg 1991); ``means``
    are others than those of y as it is.

    What `project` then adds in whole boxes is small: without this, noise that a network left
    out would come back as visible blocks. Bilinear, so that nothing rings.
    """
    scale = y_BCHW.shape[-1] // x_BCHW.shape[-1]
    for _ in range(ROUNDS):
        error = x_BCHW - (means(y_BCHW) if means else functional.avg_pool2d(y_BCHW, scale))
        y_BCHW = y_BCHW + functional.interpolate(
            error, scale_factor=scale, mode="bilinear", align_corners=False
        )
    return y_BCHW


def back_projected(y_BCHW: Tensor, x_BCHW: Tensor, box: float) -> Tensor:
    """Bring y, reduced as x was, nearer to x (Irani & Peleg 1991), by as much as is known of it.

    Parameters
    ----------
    box
        1: x are box means, which y has afterwards; -1: x was resized with an antialiased bicubic
        filter, whose reduction of y is brought nearer once; 0: unknown, y stays. Between, a part.
    """
    if box >= 0:
        return torch.lerp(y_BCHW, project(settle(y_BCHW, x_BCHW), x_BCHW), box) if box else y_BCHW
    again = functional.interpolate(
        y_BCHW, x_BCHW.shape[-2:], mode="bicubic", antialias=True, align_corners=False
    )
    error = enlarge(x_BCHW - again, y_BCHW.shape[-1] // x_BCHW.shape[-1])
    return y_BCHW - box * error


def project(y_BCHW: Tensor, x_BCHW: Tensor) -> Tensor:
    """Make y the nearest picture whose box means are x: ``y + U(x - D y)``.

    D is the mean over s x s boxes and U repeats each pixel s x s times, so that D U = 1 and
    the flux of every input pixel is kept exactly. ``y`` is (B, C, sH, sW), ``x`` (B, C, H, W),
    both in linear units when the flux is to be kept in linear units.
    """
    scale = y_BCHW.shape[-1] // x_BCHW.shape[-1]
    error = x_BCHW - functional.avg_pool2d(y_BCHW, scale)
    return y_BCHW + functional.interpolate(error, scale_factor=scale, mode="nearest")
