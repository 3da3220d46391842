"""The Batch workspace: many frames at once, by the same command that a terminal runs."""
