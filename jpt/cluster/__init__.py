"""The same run on several machines: a coordinator hands addresses out, workers read the pages."""
