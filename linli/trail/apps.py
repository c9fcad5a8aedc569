from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "linli.trail"
    label = "trail"
