"""Photometry in the window: apertures over many stars, a table, a growth curve."""
