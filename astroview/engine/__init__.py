"""Networks and how they are run: torch, no Qt."""
