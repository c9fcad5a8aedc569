"""services 事项: one-stop public services of the community (社区服务事项).

Nouns: ``ServiceItem`` (the guide, a sheet), ``Application`` (with its case), ``Supplement`` (what was told to hand in),
``Visit``, ``Grant`` and ``Payment``, ``Certificate`` and ``ProofRefusal``, ``Booking``, ``LibraryCard``.
Acts: ``intake.file_application``, ``intake.withdraw``, ``supplementing.ask_supplement``, ``supplementing.supply``,
``decision.accept``, ``decision.grant``, ``decision.refuse``, ``visiting.visit``, ``paying.pay``,
``proofs.issue_proof``, ``proofs.refuse_proof``, ``booking.book``, ``booking.check_in``, ``booking.cancel_booking``,
``cards.issue_card``, ``handing.hand_over``, ``erasing.erase_expired``.

What a town changes (guides, forms, conditions, ceilings, procedures, lists of proofs) is a sheet or a dated rule.
Overlapping bookings are refused by the database (``booking_guard.lay`` after every migrate).
"""
