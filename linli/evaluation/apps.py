from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "linli.evaluation"
    label = "evaluation"
