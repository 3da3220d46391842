"""Training: data, losses, one loop, run folders. Imports torch, never Qt."""
