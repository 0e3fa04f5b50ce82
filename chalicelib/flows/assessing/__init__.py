"""What a message means, where it is about, and which team it goes to."""
