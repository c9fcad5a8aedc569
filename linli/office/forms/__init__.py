"""Forms of public money, evaluation and reports."""
