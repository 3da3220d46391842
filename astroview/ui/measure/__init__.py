"""Measuring on the picture; regions and catalogues."""
