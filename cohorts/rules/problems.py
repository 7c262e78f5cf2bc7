"""What is wrong with a programme file, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`key` is the path to the wrong value, for instance "cohorts[0].attendance[1].minimum"."""

    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.key}: {self.message}" if self.key else self.message

    def under(self, prefix: str) -> "Problem":
        """The same problem seen from the table that holds this one at `prefix`."""
        return Problem(joined(prefix, self.key), self.message)


def joined(prefix: str, key: str) -> str:
    """Join two parts of a key path: "a" and "b" give "a.b", "a" and "[0]" give "a[0]"."""
    if not prefix or not key:
        return prefix or key
    return prefix + key if key.startswith("[") else f"{prefix}.{key}"
