"""The corpus of hostile files: each is refused, with the sentence that tells a doctor what to do."""

import re
from collections.abc import Callable

import pytest

from applications.rules.files import FileRefused, inspect
from tests.applications.hostile import archives, opendocuments, pdfs, words

CORPUS = [
    (f"{kind}: {name}", build, sentence)
    for kind, cases in (
        ("any", archives.CASES),
        ("PDF", pdfs.CASES),
        ("Word", words.CASES),
        ("OpenDocument", opendocuments.CASES),
    )
    for name, (build, sentence) in cases.items()
]


@pytest.mark.parametrize(("build", "sentence"), [pytest.param(*rest, id=name) for name, *rest in CORPUS])
def test_a_hostile_file_is_refused_with_its_sentence(build: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(FileRefused) as refused:
        inspect(build())

    assert str(refused.value) == sentence


def test_each_sentence_says_what_to_do() -> None:
    doing = re.compile(r"\b(Save|Print|Send|Choose|Open|Remove|Unpack|Check)\b")

    assert [sentence for _, _, sentence in CORPUS if not doing.search(sentence)] == []


def test_the_corpus_holds_at_least_sixty_files_of_every_kind() -> None:
    assert len(CORPUS) >= 60
    assert min(len(each.CASES) for each in (archives, pdfs, words, opendocuments)) >= 15
