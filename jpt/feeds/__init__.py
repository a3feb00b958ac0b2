"""Public feeds of job boards: recognised from addresses and pages, read whole or not at all."""
