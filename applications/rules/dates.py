"""Whole calendar years, as the programmes count them."""

from datetime import date


def years_after(day: date, years: int) -> date:
    """Give the same day `years` later; 29 February becomes 28 February in a year that has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def words(day: date) -> str:
    """Say a day in a sentence: 8 October 2027."""
    return f"{day.day} {day:%B %Y}"
