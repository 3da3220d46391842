"""From samples to pixels of the screen; no widgets, any thread."""
