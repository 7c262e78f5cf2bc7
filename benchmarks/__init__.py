"""Measures the portal's pages beside bare Django, in one run: `make bench`."""
