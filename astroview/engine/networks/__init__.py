"""The networks, their weights, and one tile through them."""
