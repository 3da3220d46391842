"""Runs of fine-tuning: their process, events, curves and pictures."""
