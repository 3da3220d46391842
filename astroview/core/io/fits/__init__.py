"""FITS files: read lazily, written in blocks of rows, with checksums."""
