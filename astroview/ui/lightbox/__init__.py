"""The Lightbox: a folder of very many frames, to sift by eye and by numbers."""
