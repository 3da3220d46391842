"""How a run ended, and what becomes of its model."""
