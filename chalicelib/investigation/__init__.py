"""PURE: what a citizen can look into by themselves ("Mijn onderzoek"), as data and its rules."""
