"""What services know of the sky around a frame: names, catalogues, pictures."""
