"""Cubes: their spectral axis, spectra of a place or a region, planes collapsed to one."""
