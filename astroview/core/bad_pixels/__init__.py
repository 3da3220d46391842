"""Pixels that are no measurement: told, measured once a frame, marked for a picture."""
