"""Magnitudes: zero points, apertures over many stars, growth curves."""
