"""Tools that measure what is marked on the picture."""
