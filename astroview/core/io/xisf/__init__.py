"""XISF, PixInsight's file format: read piece by piece, and written."""
