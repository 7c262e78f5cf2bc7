"""Reads across the rooms below."""
