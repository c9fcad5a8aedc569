"""Tests about the code itself: what the contracts and the linter cannot see."""
