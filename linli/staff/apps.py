"""Registers what the staff doors share with Django."""

from django.apps import AppConfig


class Staff(AppConfig):
    """Templates, words and style of all staff doors; it has no tables."""

    name = "linli.staff"
    label = "staff"
    verbose_name = "工作台公用"
