"""astroview: view, colourise and super-resolve astronomical frames, honestly."""

__version__ = "0.1.0"
