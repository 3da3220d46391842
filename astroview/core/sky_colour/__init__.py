"""Colours that somebody measured, for a frame that has none: from surveys, or from a picture."""
