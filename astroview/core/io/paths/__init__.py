"""Where files are and what they are called: on this machine, by URL, in scratch folders."""
