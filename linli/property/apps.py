from django.apps import AppConfig


class PropertyConfig(AppConfig):
    name = "linli.property"
    label = "property"
