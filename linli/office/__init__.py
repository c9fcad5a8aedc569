"""office 项目与绩效: the staff door of public money: programmes, projects, spending, goals, evaluation, reports.

``fiscal`` is the way from an address to a project, an evaluation or a reading; ``moves`` names the screen of a
project's move; ``urls`` lists every address, all under /desk/.
"""
