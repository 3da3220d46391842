"""Sessions on disk: written while one works, read again, packed with their frames."""
