"""registry 底册: the staff door of the registers: people, bodies, disclosure, sheets and rules, figures, the trail.

``shelves`` is the way from an address to a publication, an objection or a sheet; ``urls`` lists every address, all
under /desk/.
"""
