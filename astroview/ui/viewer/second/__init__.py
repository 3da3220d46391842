"""A second window for a second screen: its own picture of the same session."""
