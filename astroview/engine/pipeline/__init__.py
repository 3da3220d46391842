"""From a frame to an enhanced frame: plan, stages, colour, preview."""
