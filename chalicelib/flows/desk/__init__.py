"""What an agent sees and does with what waits."""
