"""Stretches, colour spaces and differences: from physical values to what a screen shows."""
