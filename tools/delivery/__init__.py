"""What is made to be handed out: packages, installers, manual pages, completions, the site."""
