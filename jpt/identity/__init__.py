"""What makes two addresses one job. Pure."""
