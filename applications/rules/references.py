"""The reference that an applicant quotes on the telephone."""

# No 0 and O, 1, I and L, 5 and S, 2 and Z, U and V, B and 8: read aloud or copied by hand they are confused.
LETTERS = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 7


def reference_of(number: int) -> str:
    """Seven unambiguous letters drawn from `number` (a random one), as NS-7K3F-9QX."""
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return f"NS-{''.join(letters[:4])}-{''.join(letters[4:])}"
