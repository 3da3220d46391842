"""The controls for how a frame is displayed: histogram, limits, stretch, colour maps."""
