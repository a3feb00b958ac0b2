"""What is told: which jobs, in what words, by which way. Knows nothing of the database."""
