"""Finished models learn how far off they may be, and which palette to choose."""
