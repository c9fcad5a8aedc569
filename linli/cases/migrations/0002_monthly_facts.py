from django.db import migrations, models

COUNTS = ("opened", "closed", "on_time", "late", "returned")
REST = ("ratings", "stars", "satisfied")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MonthFact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region", models.CharField(max_length=12)),
                ("month", models.DateField()),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=60)),
                ("data_class", models.CharField(max_length=2)),
                ("post", models.CharField(max_length=60)),
                ("channel", models.CharField(max_length=20)),
                *((name, models.IntegerField(default=0)) for name in COUNTS),
                (
                    "gross_days",
                    models.IntegerField(
                        default=0, help_text="sum over the closed, natural days from opening"
                    ),
                ),
                (
                    "net_days",
                    models.IntegerField(
                        default=0, help_text="the same without the days on which the clock stood"
                    ),
                ),
                *((name, models.IntegerField(default=0)) for name in REST),
            ],
        ),
        migrations.AddConstraint(
            model_name="monthfact",
            constraint=models.UniqueConstraint(
                fields=["region", "month", "kind", "subject", "data_class", "post", "channel"],
                name="one_fact_per_combination",
            ),
        ),
        migrations.AddIndex(
            model_name="monthfact", index=models.Index(fields=["month"], name="fact_by_month")
        ),
    ]
