"""Forms of the residents' door. They hold what was typed; whether it is right is said by the rooms below."""
