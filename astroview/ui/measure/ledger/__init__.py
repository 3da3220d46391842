"""What a result did to the sources: a page beside the picture, marks on it, a map of residuals."""
