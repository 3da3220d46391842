"""What processes say to each other: frozen dataclasses, one JSON line each."""
