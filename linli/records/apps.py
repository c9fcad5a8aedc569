from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "linli.records"
    label = "records"
    verbose_name = "档案"
