"""projects 项目: public money from the notice to the archive, with its papers and its proof.

Nouns: ``Programme`` (a notice with batch, quota and fund), ``Project`` (with its case), ``BudgetLine``, ``FundSource``
(one source of one project, with its running totals), ``Allocation``, ``Receipt``, ``Expenditure``, ``Return``,
``Acceptance``, ``Audit``, ``Gate`` (something that must be disclosed), ``Statement`` (what a report claims).
Acts: announce; apply, resubmit; opine, return_for_correction; approve, refuse, approve_goals; allocate,
confirm_receipt, return_balance; spend, correct_spending; accept_work, enter_audit, close; attach_paper,
publish_gate; enter_stated.

Every act makes a declared move of the project's case, so post, place, step and order are held by the sheet
``procedures/pilot_project``. Money is whole fen; what is not stated is null and named in ``not_stated``.
"""
