"""Small building blocks: controls, icons, theme."""
