"""What we measure and publish: latency, loss, duplicates, collisions. Each by one command."""
