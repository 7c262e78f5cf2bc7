"""Pages of attendance, one module for each journey."""
