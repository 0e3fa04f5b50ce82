"""PURE: which messages are about one event. Reports in, a decision with its because out."""
