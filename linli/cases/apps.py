from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "linli.cases"
    label = "cases"

    def ready(self) -> None:
        """Tables that lie beside the cases: monthly facts with their counting, bodies with their rows."""
        import_module("linli.cases.facts")
        import_module("linli.cases.bodies")
