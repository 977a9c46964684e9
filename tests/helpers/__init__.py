"""What tests share: a raw client, a terminal, a fake server, ways to crash."""
