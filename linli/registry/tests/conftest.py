"""Everyone of the village at a desk of their own, with real matters in their hands."""

from linli.staff.tests.village import day_of_the_village, desk, filed, published  # noqa: F401  (fixtures)
