"""The Train workspace: models made better on the user's own frames, as a terminal does it."""

INTERRUPTED = "training.txt"  # in the settings' folder: the run that a window left unfinished
