"""Frames, files, stretches and settings: the rooms that know neither torch nor Qt."""
