"""The citizen's own side: the assistant, the case and its dossier."""
