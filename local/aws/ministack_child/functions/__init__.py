"""What is added to ministack's Lambda."""
