"""Sharing out applications among reviewers: even, complete where it can be, never against a conflict."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applications.rules.reviewing.assigning import Shortfall, Wanted, loads_of, most_needed, share_out


def shares(wanted):
    return sorted(loads_of(share_out(wanted).pairs, wanted.reviewers).values())


def test_everybody_reads_as_much_as_everybody_else():
    sharing = share_out(Wanted(range(100), range(200, 207), each=2))

    assert shares(Wanted(range(100), range(200, 207), each=2)) == [28, 28, 28, 29, 29, 29, 29]
    assert sharing.short == ()


def test_the_same_two_do_not_always_read_together():
    pairs = share_out(Wanted(range(60), range(4), each=2)).pairs
    together = {frozenset(reviewer for application, reviewer in pairs if application == one) for one in range(60)}

    assert len(together) == 6


def test_a_reviewer_with_many_conflicts_is_given_the_others():
    """Reviewer 0 may read only applications 6 to 9, and gets all of them."""
    closed = frozenset((application, 0) for application in range(6))
    pairs = share_out(Wanted(range(10), range(3), each=1, closed=closed)).pairs

    assert sorted(loads_of(pairs, range(3)).values()) == [3, 3, 4]
    assert {application for application, reviewer in pairs if reviewer == 0} <= {6, 7, 8, 9}


def test_what_was_given_before_stays_and_counts():
    kept = frozenset((application, 0) for application in range(4))
    sharing = share_out(Wanted(range(8), range(2), each=1, kept=kept))

    assert sharing.pairs == {(application, 1) for application in range(4, 8)}


@pytest.mark.parametrize(
    ("wanted", "short"),
    [
        (Wanted([1], [7], each=2), (Shortfall(1, 1, 1),)),
        (Wanted([1], [], each=2), (Shortfall(1, 2, 0),)),
        (Wanted([1, 2], [7, 8], each=1, closed=frozenset({(1, 7), (1, 8)})), (Shortfall(1, 1, 0),)),
        (Wanted([1, 2, 3], [7, 8], each=1, most=2), ()),
        (Wanted([1], [7, 8], each=2, closed=frozenset({(1, 7)})), (Shortfall(1, 1, 1),)),
        (Wanted([], [7], each=2), ()),
    ],
)
def test_what_cannot_be_reached_is_told(wanted, short):
    assert share_out(wanted).short == short


def test_a_limit_leaves_out_no_more_than_it_must_and_the_limit_needed_is_told():
    wanted = Wanted(range(10), range(3), each=2, most=5)
    sharing = share_out(wanted)

    assert (len(sharing.pairs), sum(short.lacking for short in sharing.short)) == (15, 5)
    assert most_needed(wanted) == 7
    assert share_out(Wanted(range(10), range(3), each=2, most=7)).short == ()


@st.composite
def wanteds(draw, applications=12, reviewers=5):
    apps = draw(st.lists(st.integers(1, 999), max_size=applications, unique=True))
    people = draw(st.lists(st.integers(1, 99), max_size=reviewers, unique=True))
    every = list(product(apps, people))
    pairs = st.frozensets(st.sampled_from(every), max_size=len(every)) if every else st.just(frozenset())
    closed = draw(pairs)
    return Wanted(
        apps,
        people,
        each=draw(st.integers(1, 3)),
        most=draw(st.none() | st.integers(1, 6)),
        kept=frozenset(sorted(draw(pairs) - closed)[:4]),
        closed=closed,
    )


@given(wanteds())
def test_never_a_conflict_nor_too_many_nor_the_same_twice(wanted):
    pairs = share_out(wanted).pairs
    loads = loads_of(pairs | wanted.kept, wanted.reviewers)
    before = loads_of(wanted.kept, wanted.reviewers)

    assert pairs & wanted.closed == pairs & wanted.kept == frozenset()
    for application in wanted.applications:
        read_by = [reviewer for one, reviewer in pairs | wanted.kept if one == application]
        held = [reviewer for one, reviewer in wanted.kept if one == application]
        assert len(read_by) <= max(wanted.each, len(held))
    if wanted.most is not None:
        assert [one for one in loads if loads[one] > max(wanted.most, before[one])] == []


@given(wanteds(), st.randoms())
def test_the_order_of_the_input_never_matters(wanted, random):
    apps, people = list(wanted.applications), list(wanted.reviewers)
    random.shuffle(apps)
    random.shuffle(people)

    assert share_out(Wanted(apps, people, wanted.each, wanted.most, wanted.kept, wanted.closed)) == share_out(wanted)


@given(st.integers(0, 40), st.integers(1, 8), st.integers(1, 3))
def test_without_conflicts_no_two_shares_differ_by_more_than_one(applications, reviewers, each):
    loads = shares(Wanted(range(applications), range(reviewers), each=each))

    assert loads[-1] - loads[0] <= 1


@settings(max_examples=60, deadline=None)
@given(wanteds(applications=4, reviewers=3))
def test_no_other_sharing_reads_more_or_is_more_even(wanted):
    """Compared with every sharing there is: as many readings as can be, and the smallest sum of squared shares."""
    ours = share_out(wanted).pairs
    best = min(map(_worth, _all_sharings(wanted)))

    assert _worth((ours, wanted)) == best


def _worth(sharing):
    pairs, wanted = sharing
    loads = loads_of(pairs | wanted.kept, wanted.reviewers)
    return -len(pairs), sum(load * load for load in loads.values())


def _all_sharings(wanted):
    choices = []
    for application in wanted.applications:
        held = {reviewer for one, reviewer in wanted.kept if one == application}
        free = [one for one in wanted.reviewers if one not in held and (application, one) not in wanted.closed]
        room = max(0, wanted.each - len(held))
        choices.append([set(c) for size in range(room + 1) for c in combinations(free, size)])
    before = loads_of(wanted.kept, wanted.reviewers)
    for chosen in product(*choices):
        pairs = frozenset((a, r) for a, group in zip(wanted.applications, chosen, strict=True) for r in group)
        loads = loads_of(pairs | wanted.kept, wanted.reviewers)
        if wanted.most is None or all(loads[r] <= max(wanted.most, before[r]) for r in wanted.reviewers):
            yield pairs, wanted
