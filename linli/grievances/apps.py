from django.apps import AppConfig


class GrievancesConfig(AppConfig):
    name = "linli.grievances"
    label = "grievances"
