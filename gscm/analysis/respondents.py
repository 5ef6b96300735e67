"""Who stands behind a result: how many of those who were asked answered, from which offices and roles, how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from gscm.analysis.material import Material, People
from gscm.analysis.suppression import suppressed
from gscm.analysis.wording import ITEMS, OFFICES, PEOPLE, joined, many, rate, whole
from gscm.i18n import Text
from gscm.placement.reading import read


def uninvited(people: People) -> int:
    """How many people answered without being on the list of invitations."""
    return len({person.author for person in people.votes.people} - {voter.id for voter in people.voters})


def speaking(people: People) -> int:
    """How many people gave an answer, invited or not."""
    return sum(voter.answered for voter in people.voters) + uninvited(people)


def by_role(people: People) -> Mapping[str, tuple[int, int]]:
    """How many people of each role were invited and how many of them answered; "" is no role."""
    invited = Counter(voter.role or "" for voter in people.voters)
    answered = Counter(voter.role or "" for voter in people.voters if voter.answered)
    return {role: (count, answered[role]) for role, count in sorted(invited.items())}


def hidden_roles(people: People) -> frozenset[str]:
    """The roles that may not be shown: too few people invited or answering, or they would tell of such a role."""
    roles = by_role(people)
    counts = [{role: both[column] for role, both in roles.items()} for column in (0, 1)]
    return frozenset(
        role for one in counts for role, count in suppressed(one, people.least).counts.items() if count is None
    )


def who_answered(material: Material) -> Text | None:
    """Response and coverage in a sentence, to stand beside every result; None where no people stand behind it."""
    if material.people is None:
        return None
    told, items = response(material.people), _items(material)
    return Text(f"{told.id}; {items.id}.", f"{told.en}; {items.en}.")


def response(people: People) -> Text:
    """How many of those who were asked answered, and from how many offices and roles, without a full stop."""
    if not people.voters and not people.votes.people:
        return Text("Tidak ada jawaban orang per orang", "No single people answered")
    told = joined(_response(people), _offices(people), by=" ")
    roles = _roles(people)
    return told if roles is None else joined(told, roles)


def _response(people: People) -> Text:
    invited, others = len(people.voters), uninvited(people)
    if not invited:
        count = many(others, PEOPLE)
        return Text(f"Dijawab {count.id} (tanpa daftar undangan)", f"Answered by {count.en} (no list of invitations)")
    answered = sum(voter.answered for voter in people.voters)
    count, asked, part = whole(answered), many(invited, PEOPLE), rate(answered / invited)
    more = Text("", "")
    if others:
        uncounted = whole(others)
        more = Text(f" dan {uncounted.id} di luar undangan", f" and {uncounted.en} not invited")
    return Text(
        f"Dijawab {count.id} dari {asked.id} yang diundang ({part.id}){more.id}",
        f"Answered by {count.en} of {asked.en} invited ({part.en}){more.en}",
    )


def _offices(people: People) -> Text:
    spoken = {voter.office for voter in people.voters if voter.answered} | {*people.votes.offices}
    count, every = whole(len(spoken)), many(len(spoken | {*people.offices}), OFFICES)
    return Text(f"di {count.id} dari {every.id}", f"in {count.en} of {every.en}")


def _roles(people: People) -> Text | None:
    """The least and the greatest response of the roles that may be shown, and how many those are if not all."""
    hidden = hidden_roles(people)
    roles = {role: both for role, both in by_role(people).items() if role}
    shares = sorted(answered / invited for role, (invited, answered) in roles.items() if role not in hidden)
    if not shares:
        return None
    least, most, shown = rate(shares[0]), rate(shares[-1]), Text("", "")
    if len(shares) < len(roles):
        part = Text(f"{len(shares)} dari {len(roles)}", f"{len(shares)} of {len(roles)}")
        if least == most:
            alone = "role" if len(shares) == 1 else "roles"
            return Text(
                f"{least.id} pada peran yang boleh ditampilkan ({part.id})",
                f"{least.en} in the {alone} that may be shown ({part.en})",
            )
        shown = Text(f" ({part.id} peran yang boleh ditampilkan)", f" ({part.en} roles that may be shown)")
    if least == most:
        return Text(f"{least.id} pada setiap peran", f"{least.en} of each role")
    return Text(f"menurut peran {least.id} sampai {most.id}{shown.id}", f"{least.en} to {most.en} by role{shown.en}")


def _items(material: Material) -> Text:
    reading = read(material.answers)
    every, known = many(len(reading.facts), ITEMS), whole(len(reading.facts) - len(reading.open))
    part = rate(1 - len(reading.open) / max(len(reading.facts), 1))
    return Text(
        f"{known.id} dari {every.id} terjawab ({part.id})",
        f"{known.en} of {every.en} {'is' if len(reading.facts) == 1 else 'are'} answered ({part.en})",
    )
