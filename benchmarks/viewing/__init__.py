"""What `benchmarks/viewer.py` runs, each viewer in a process of its own."""
