"""Owners and property: who speaks for the owners, who runs the estate under which contract, and how both are supervised.

Nouns: OwnersAssembly, OwnersCommittee, CommitteeMember, Filing, Contract, ContractEvent, HandoverItem, Inspection, Finding, Rectification,
Recheck, Mark; Checklist and Scoring (sheets). Acts: form_assembly, elect, change_members, file, accept_filing, sign,
notify_end, hand_over, begin_inspection, find, conclude, issue, recheck, refer, score, publish_score.
"""
