"""Many messages, one event: matched, worked on and answered together; crises and partners."""
