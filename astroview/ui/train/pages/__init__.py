"""The pages of the Train workspace and what stands on them."""
