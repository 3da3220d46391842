"""The window: Qt, and never torch."""

# Before Qt, which then takes part in each import: a seventh less.
import numpy as np  # noqa: F401  # pyright: ignore[reportUnusedImport]
