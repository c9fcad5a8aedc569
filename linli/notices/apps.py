from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "linli.notices"
    label = "notices"
    verbose_name = "消息"

    def ready(self) -> None:
        """The counter's queue lies beside its acts, not among the messages."""
        import_module("linli.notices.queueing")
