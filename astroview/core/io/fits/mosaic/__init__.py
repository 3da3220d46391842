"""HDUs of one file as one picture: by their sections of a detector, or by the sky."""
