"""The trail: audit entries and the ledger.

Nouns: AuditEntry, LedgerEntry, LedgerHead, Checkpoint. Acts: note, append (inside ``writing``), make_checkpoint,
verify. Lies near the ground: the actor and the region are kept as words it does not understand.
"""
