"""Enhancing the frame that is looked at, and steering its colours."""
