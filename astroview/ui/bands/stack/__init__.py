"""Many frames of one field combined, in the window."""
