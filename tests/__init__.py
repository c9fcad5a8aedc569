"""Tests that belong to no room: the house, whole journeys, crash proof, and the engines they run on."""
