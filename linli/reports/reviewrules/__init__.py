"""The rules of the reviewer, one file per subject: goals, marks, money, contents, tables, amounts.

Each rule takes a paper and the sheet of words and yields findings; none is tuned to one paper.
"""
