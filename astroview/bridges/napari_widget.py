"""napari's *Plugins › Enhance (astroview)*: the selected image, enhanced, as layers over it.

napari loads this module; nothing of astroview does.
"""

# napari is not where this is checked.
# pyright: basic, reportMissingImports=false
# No `from __future__ import annotations`: magicgui makes the form of the annotations themselves.

from typing import Any

import napari
import numpy as np
from magicgui import magic_factory
from napari.layers import Image
from napari.qt.threading import FunctionWorker, thread_worker
from napari.types import LayerDataTuple

from astroview.bridges.napari_layers import layers_of
from astroview.core.errors import AstroviewError

SCALES = [("as it is", 1), ("×2", 2), ("×4", 4)]


@magic_factory(
    call_button="Enhance",
    magnify={"label": "Sampling", "choices": SCALES},
    colour={"label": "Paint colour"},
    denoise={"label": "Leave the noise out"},
    uncertainty={"label": "Uncertainty"},
)
def enhance_widget(
    image: Image,
    magnify: int = 2,
    colour: bool = False,
    denoise: bool = False,
    uncertainty: bool = True,
) -> FunctionWorker[list[LayerDataTuple]]:
    """Enhance the plane on show, in a process of its own."""
    if image is None:
        raise AstroviewError("There is no image to enhance", hint="Open one first.")
    samples, told = _plane(image), image.as_layer_data_tuple()[1]

    @thread_worker(start_thread=True, progress={"desc": f"Enhancing {image.name}"})
    def work() -> list[LayerDataTuple]:
        import astroview

        made = astroview.enhance(
            samples,
            scale=magnify,
            colorize=colour,
            denoise=denoise,
            uncertainty=uncertainty,
            origin="lower" if told["scale"][-2] < 0 else "upper",
            kind=told["metadata"].get("kind"),
        )
        return layers_of(made, told)  # type: ignore[return-value]

    return work()


def _plane(image: Image) -> Any:
    """(H, W), or (H, W, 3) of a colour image; of a stack the one on show."""
    samples, free = image.data, image.ndim - 2
    viewer = napari.current_viewer()
    steps = viewer.dims.current_step[-image.ndim :][:free] if viewer and free else (0,) * free
    return np.asarray(samples[tuple(steps)])
