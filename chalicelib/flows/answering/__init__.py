"""An answer is written, checked, sent once, and followed to its end."""
