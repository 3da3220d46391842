"""Where and how networks run: device, precision, transfer, cache, several jobs at once."""
