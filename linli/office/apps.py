"""Registers the office door with Django."""

from django.apps import AppConfig


class Office(AppConfig):
    """Templates and words of public money, evaluation and reports; it has no tables."""

    name = "linli.office"
    label = "office"
    verbose_name = "项目与绩效"
