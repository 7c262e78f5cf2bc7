"""Pages of applicants, one file a journey."""
