"""An invented evening, so that a newcomer sees the main job within a minute."""
