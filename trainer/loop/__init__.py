"""One loop for all tasks, and the run folder it writes."""
