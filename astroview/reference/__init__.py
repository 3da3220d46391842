"""Pages of the documentation that are made from the program itself, for the site and the window."""
