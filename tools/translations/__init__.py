"""The catalogues of translations, kept up to date from the source."""
