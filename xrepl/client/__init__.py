"""What runs in a user's terminal or script and talks to the server."""
