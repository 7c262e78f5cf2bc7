"""What holds, as pure functions over plain values: no Django, no database, no clock."""
