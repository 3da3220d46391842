"""The view as a picture for others."""
