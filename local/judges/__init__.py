"""What AWS's own data says of what we have written."""
