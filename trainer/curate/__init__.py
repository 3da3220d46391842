"""A user's folder, sorted: what can be learnt from, what cannot and why, what goes together."""
