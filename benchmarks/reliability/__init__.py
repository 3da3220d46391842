"""What is promised of results, measured on real frames: ``python -m benchmarks.reliability``."""
