"""Forms of the desk, by audience of the screen."""
