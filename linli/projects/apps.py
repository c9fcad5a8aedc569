from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "linli.projects"
    label = "projects"
    verbose_name = "项目"
