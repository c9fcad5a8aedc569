"""Registers the staff door with Django."""

from django.apps import AppConfig


class Desk(AppConfig):
    """Templates and words of the staff door; it has no tables."""

    name = "linli.desk"
    label = "desk"
    verbose_name = "工作台"
