"""The window: Qt, and never torch."""

import numpy as np  # noqa: F401 - before Qt, which then takes part in each import: a seventh less
