"""Nobody can refuse here: what is said aloud has no platform."""
