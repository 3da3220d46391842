"""What astroview costs, measured: run one with ``python -m benchmarks.NAME``."""
