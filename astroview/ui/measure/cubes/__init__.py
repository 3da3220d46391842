"""Cubes in the window: the spectrum under the mouse or in a region, planes collapsed."""
