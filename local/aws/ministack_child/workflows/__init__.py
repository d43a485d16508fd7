"""What is added to ministack's Step Functions."""
