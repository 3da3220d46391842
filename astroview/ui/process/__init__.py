"""Work beside the window's thread: child processes and threads."""
