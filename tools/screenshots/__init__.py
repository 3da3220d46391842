"""The screenshots of the docs, made by the app itself."""
