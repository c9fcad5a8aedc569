"""Forms of casework, by audience of the screen."""
