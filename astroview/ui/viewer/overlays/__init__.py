"""What is painted over the picture: compass, scale bar, grid, regions, sources, marks."""
