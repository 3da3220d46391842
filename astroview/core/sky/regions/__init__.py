"""Regions as objects: how they are drawn, moved, described and measured."""
