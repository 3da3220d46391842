"""Files in and out: opened by content, written wholly or not at all."""
