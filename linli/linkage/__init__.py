"""Linkage: pairing with other units, the regional party platform, departments' work points and what they hand over.

Nouns: PlatformMember, Pairing, PairingActivity, PairingReview, WorkPoint, HandedItem, MergePlan, Device, Upkeep.
Acts: join_platform, pair, hold_activity, review, end_pairing, enter_point, hand_item, plan_merger, carry_out_merger,
enter_device, set_upkeep. The "five ones" of a station (五个一) are read from these and other records, never ticked.
"""
