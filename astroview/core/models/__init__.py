"""Models as data: cards, the shelf, and the file a model travels in."""
