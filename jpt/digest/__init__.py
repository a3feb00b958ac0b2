"""What is reported: which jobs, in what words, by which transport."""
