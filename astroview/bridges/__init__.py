"""What other programs load of astroview: plugins that they find by entry points. astroview itself
imports none of them.
"""
