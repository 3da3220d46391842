"""Frames from sky archives, through astroquery: named by a target, fetched politely, credited."""
