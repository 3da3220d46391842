"""Frames of one field through several filters: named, put on one grid, composed."""
