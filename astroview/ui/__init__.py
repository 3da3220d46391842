"""The window: Qt, and never torch."""

from astroview.ui.process.qt_imports import restore_imports

restore_imports()
