"""Places: the region tree and what stands in a community.

Nouns: Region, CommunityProfile, Grid, Building, Home, Facility. Acts: establish, rename, describe.
"""
