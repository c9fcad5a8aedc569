"""Linli 邻里: served, heard and asked to decide in one place, evaluated from the records."""

__version__ = "0.1.0"
