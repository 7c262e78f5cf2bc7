"""Pure rules of programmes and cohorts: no database, no clock; `today` is passed in."""
