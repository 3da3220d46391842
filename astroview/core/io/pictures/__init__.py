"""PNG, JPEG and TIFF files."""
