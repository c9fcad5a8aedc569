from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "linli.cases"
    label = "cases"

    def ready(self) -> None:
        """The table of monthly facts lies beside its counting, not among the cases."""
        import_module("linli.cases.facts")
