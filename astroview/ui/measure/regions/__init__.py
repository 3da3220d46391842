"""Regions in the window: kept for each frame, drawn and changed with the mouse, described."""
