"""Registers the registry door with Django."""

from django.apps import AppConfig


class Registry(AppConfig):
    """Templates and words of the registers; it has no tables."""

    name = "linli.registry"
    label = "registry"
    verbose_name = "底册"
