from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "linli.rulebook"
    label = "rulebook"
