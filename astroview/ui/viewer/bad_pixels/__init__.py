"""Pixels that are no measurement: marked, counted in a legend, named at the cursor."""
