"""Random damage to real files, for every reader: `python -m tools.fuzz`."""
