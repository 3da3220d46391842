"""Random use of the real window for a long time: `python -m tools.soak`."""
