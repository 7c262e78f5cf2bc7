"""Pure decisions of reviewing: the rubric, conflicts, who reads what, what the scores come to."""
