"""Registers the look with Django, so that its templates and static files are found."""

from django.apps import AppConfig


class Look(AppConfig):
    """Templates, style sheets, scripts and template tags shared by all doors."""

    name = "linli.look"
    label = "look"
    verbose_name = "样式"
