"""Registers the residents' door."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The residents' door."""

    name = "linli.portal"
    label = "portal"
