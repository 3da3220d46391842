"""A folder of very many frames: what is known of each, and what the user says of it."""
