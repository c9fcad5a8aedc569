from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "linli.finding"
    label = "finding"
    verbose_name = "检索"
