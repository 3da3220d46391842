"""Colour composed from bands, in the window."""
