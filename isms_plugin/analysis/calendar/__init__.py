"""What falls due, what is promised regularly, and what had no occasion yet."""
