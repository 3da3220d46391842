"""The words in which a stack is asked for; window and command line offer them, the engine takes."""

from __future__ import annotations

from typing import Literal

Method = Literal["likelihood", "drizzle"]
Kernel = Literal["square", "gaussian", "point", "turbo", "lanczos2", "lanczos3"]
METHODS: tuple[Method, ...] = ("likelihood", "drizzle")
KERNELS: tuple[Kernel, ...] = ("square", "gaussian", "point", "turbo", "lanczos2", "lanczos3")
Extent = Literal["reference", "union"]
EXTENTS: tuple[Extent, ...] = ("reference", "union")
SCALES = (1, 2, 3, 4)
