"""Fresh databases for the benchmark: on the server that DATABASE_URL names, or SQLite files in a folder."""

import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import psycopg


@dataclass(frozen=True)
class Databases:
    """`given`: a PostgreSQL server's address, or empty. Names begin with `prefix`, so that two runs do not meet."""

    given: str
    folder: Path
    prefix: str
    made: list[str] = field(default_factory=list)

    @property
    def is_postgresql(self) -> bool:
        return self.given.startswith("postgres")

    @property
    def version(self) -> str:
        if not self.is_postgresql:
            return f"SQLite {sqlite3.sqlite_version}"
        with psycopg.connect(self.given) as connection:
            return f"PostgreSQL {connection.info.server_version // 10000}.{connection.info.server_version % 10000}"

    def make(self, name: str, *, template: str = "") -> str:
        """Make the database `name`, empty or as a copy of `template`, and return its address."""
        if self.is_postgresql:
            return self._make_on_server(self.prefix + name, template and self.prefix + template)
        if template:
            shutil.copy(self._file(template), self._file(name))
        return f"sqlite:///{self._file(name)}"

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def _make_on_server(self, name: str, template: str) -> str:
        self._execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        self.made.append(name)
        return f"{self.given.rpartition('/')[0]}/{name}"

    def drop_all(self) -> None:
        """Take away what was made on a server; files go with their folder."""
        for name in self.made:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, sql: str) -> None:
        with psycopg.connect(self.given, autocommit=True) as connection:
            connection.execute(sql.encode())
