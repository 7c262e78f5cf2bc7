"""What the rooms above bring: rules of eligibility, requirements of attendance, sections of a programme file.

They register when the portal starts (AppConfig.ready); cohorts calls what is registered and knows none of it by name.
"""
