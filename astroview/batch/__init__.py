"""Many frames, one after the other: no frame stops the others."""
