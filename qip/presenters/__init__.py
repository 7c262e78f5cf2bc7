"""Display words of projects, scores and results."""
