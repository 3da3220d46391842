"""The open frames: loaded, listed, watched, saved."""
