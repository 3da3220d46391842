"""The picture: zoom, panes, comparing, overlays."""
