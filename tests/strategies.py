"""Hypothesis strategies: small random models, as the loader would build them, and random answers to them.

    models()           a valid Model: every clause kind, kind of answer and aggregate, acyclic level graph
    assessments()      Answers to such a model: all statuses, given inner nodes, a scope
    values(fact)       a value of one fact, from its worst to its best
    fillings(reading)  a value for every fact that applies
"""

from dataclasses import replace
from fractions import Fraction
from typing import get_args

from hypothesis import assume
from hypothesis import strategies as st

from gscm.errors import Where
from gscm.i18n import same
from gscm.model import tree
from gscm.model.arithmetic import aggregate
from gscm.model.check import faults_of
from gscm.model.facts import facts_of
from gscm.model.graph import circles
from gscm.model.schema import Aggregate
from gscm.responses.answers import Answer, Answers, Study, Subject
from gscm.responses.load import inside_scope

WHERE = Where("model.yaml", 1)
ORIGIN = tree.Origin("ours", "us")
SUBJECT = Subject("s", "Subject", None, None)
SHARES = tuple(map(Fraction, ("1/3", "1/2", "2/3", "1")))
WEIGHTS = tuple(map(Fraction, ("1", "1", "2", "5/2")))
AGGREGATES = get_args(Aggregate)
EIGHTHS = st.integers(0, 8).map(lambda n: Fraction(n, 8))
STAGES = st.sampled_from((None, *tree.STAGES))
SELDOM = st.integers(0, 3).map(lambda n: n == 3)


# ------------------------------------------------------------------------------------------------- models


@st.composite
def models(draw):
    """A valid model of up to about ten nodes; with 2 to 4 levels, or none at all."""
    top = draw(st.sampled_from((0, 2, 3, 3, 4)))
    scale = draw(scales(top))
    grown = draw(subtrees("m", None, top, scale, depth=2, levelled=top > 0 and not draw(SELDOM)))
    names = tuple(tree.LevelName(n, same(f"L{n}"), None, (), None, ORIGIN) for n in range(1, top + 1))
    model = tree.Model(
        id="m",
        version="1.0.0",
        title=same("Model"),
        short=same("Model"),
        about=same("about"),
        status="example",
        notice=same("notice"),
        subject=same("subject"),
        scale=scale,
        inner=draw(st.sampled_from(("level", "score"))),
        index=None,
        level_names={"main": names} if names else {},
        kinds={kind: tree.Kind(kind, same(kind)) for kind in ("x", "y")},
        offices={},
        documents={},
        sources={"us": tree.SourceEntry("us", "us", None, None, None, None)},
        nodes={node.id: node for node in grown},
        folder="m",
    )
    model = draw(with_requirements(model))
    assume(not any(issue.severity == "error" for issue in faults_of(model)))  # a rounded score may miss its cut-off
    return model


def scales(top):
    ends = ((Fraction(1), Fraction(max(top, 2))), (Fraction(0), Fraction(100)))
    return st.builds(
        lambda ends, digits, mode, compare: tree.Scale(*ends, digits, mode, compare),
        st.sampled_from(ends),
        st.integers(0, 2),
        st.sampled_from(("half-up", "half-even")),
        st.sampled_from(("unrounded", "rounded")),
    )


@st.composite
def subtrees(draw, id, parent, top, scale, depth, levelled):
    """A node and all below it, parents first. `levelled`: its parent reads its level."""
    if depth == 0 or (parent and draw(st.booleans())):
        return [draw(leaves(id, parent, top, scale, levelled))]
    gated = draw(st.sampled_from(("children", "score", "both"))) if levelled or (top and draw(st.booleans())) else None
    by_children, by_score = gated in ("children", "both"), gated in ("score", "both")
    opened = None
    if draw(SELDOM):
        opened = draw(rows_of(top, scale, by_children))
        below = [
            replace(
                bare(f"{id}.r{n}", id, opened.kind),
                answer=opened.answer,
                real=opened.real,
                quantity=opened.quantity,
                levels="main" if top else None,
                may_not_apply=True,
            )
            for n in range(1, draw(st.integers(1, 3)) + 1)
        ]
        children = below
    else:
        parts = [
            draw(subtrees(f"{id}-{n}", id, top, scale, depth - 1, by_children))
            for n in range(1, draw(st.integers(1, 3)) + 1)
        ]
        below, children = [node for part in parts for node in part], [part[0] for part in parts]
    node = replace(
        bare(id, parent, "model" if parent is None else draw(st.sampled_from(("x", "y")))),
        children=tuple(child.id for child in children),
        open=opened,
        levels="main" if top else None,
        weight=draw(st.sampled_from(WEIGHTS)) if parent else Fraction(1),
        aggregate=draw(st.sampled_from(AGGREGATES)),
        round=draw(st.sampled_from((None, None, 0, 2))),
        may_not_apply=parent is not None and draw(SELDOM),
    )
    if node.aggregate == "sum":
        below = [without_absence(n) for n in below]
    kinds = (None, *sorted({child.kind for child in children}))
    gates = {level: () for level in range(2, top + 1)} if gated else {}
    if by_children:
        gates = {k: (*g, *(draw(children_clauses(k, kinds)) for _ in range(draw(st.integers(1, 2))))) for k, g in gates.items()}
    if by_score:
        gates = draw(with_cutoffs(gates, scale.min, best_score(node, below, scale, top)))
    return [replace(node, gates=gates), *below]


@st.composite
def leaves(draw, id, parent, top, scale, levelled):
    """An indicator, answered in one of the four ways, perhaps with a measured figure besides."""
    answer = draw(st.sampled_from(("criteria", "level", "quantity", "score") if top else ("quantity", "score")))
    absent = draw(SELDOM)
    node = replace(
        bare(id, parent, draw(st.sampled_from(("x", "y")))),
        answer=answer,
        levels="main" if top else None,
        weight=draw(st.sampled_from(WEIGHTS)),
        real=answer == "level" and draw(st.booleans()),
        may_not_apply=absent,
        quantity=draw(quantities(top)) if answer == "quantity" or (top and draw(SELDOM)) else None,
        criteria=draw(criteria(id, top, absent)) if answer == "criteria" else {},
    )
    if not top or not (levelled or draw(st.booleans())):
        return node
    gates = {level: () for level in range(2, top + 1)}
    if answer == "criteria":
        clause = tree.Criteria(draw(st.sampled_from(SHARES)), draw(STAGES), None, ORIGIN, WHERE)
        gates = {level: (clause,) for level in gates}
    if node.quantity:
        measured = (tree.Target(None, ORIGIN, WHERE),)
        gates = {k: (*g, *measured) if k in node.quantity.targets else g for k, g in gates.items()}
    if answer in ("score", "quantity") or draw(SELDOM):
        gates = draw(with_cutoffs(gates, scale.min, best_score(node, [], scale, top)))
    return replace(node, gates=gates)


@st.composite
def criteria(draw, indicator, top, absent):
    """One to three criteria at level 2, none to three above."""
    found = {}
    for level in range(2, top + 1):
        count = draw(st.integers(1 if level == 2 else 0, 3))
        ids = [f"{indicator}.{level}"] if count == 1 else [f"{indicator}.{level}.{n + 1}" for n in range(count)]
        if ids:
            found[level] = tuple(
                tree.Criterion(
                    id, indicator, level, same(id), (), None, draw(st.sampled_from(WEIGHTS)), absent or draw(SELDOM), ORIGIN, WHERE
                )
                for id in ids
            )
    return found


@st.composite
def quantities(draw, top):
    """A figure from 1 to 9, in either direction, with targets that grow harder for some levels."""
    direction = draw(st.sampled_from(("higher", "lower")))
    steps = sorted(draw(st.lists(st.integers(1, 9), min_size=max(top - 1, 0), max_size=max(top - 1, 0))))
    steps = steps if direction == "higher" else steps[::-1]
    targets = {level: Fraction(step) for level, step in zip(range(2, top + 1), steps, strict=True) if not draw(SELDOM)}
    return tree.Quantity(
        same("q"), same("%"), direction, Fraction(1), Fraction(9), draw(SELDOM), targets, None, ORIGIN, WHERE
    )


@st.composite
def rows_of(draw, top, scale, by_children):
    """What the rows of an open node are answered by."""
    answer = "level" if by_children else draw(st.sampled_from(("level", "quantity", "score") if top else ("quantity", "score")))
    quantity = replace(draw(quantities(top)), targets={}) if answer == "quantity" else None
    return tree.OpenRows("x", answer, answer == "level" and draw(st.booleans()), quantity)


@st.composite
def children_clauses(draw, level, kinds):
    rule = draw(st.sampled_from(("all", "any", "share", "mean")))
    return tree.Children(
        rule=rule,
        at=draw(st.integers(1, level)),
        share=draw(st.sampled_from(SHARES)) if rule == "share" else None,
        weighted=draw(st.booleans()),
        rounding=draw(st.sampled_from(("floor", "nearest"))),
        of=draw(st.sampled_from(kinds)),
        reason=None,
        origin=ORIGIN,
        where=WHERE,
    )


@st.composite
def with_cutoffs(draw, gates, low, high):
    """The gates with a score clause for each level, the cut-offs rising from `low` to `high`."""
    if high <= low:
        return gates
    cuts = sorted(draw(st.sets(st.integers(1, 7), min_size=len(gates), max_size=len(gates))))
    return {
        level: (*clauses, tree.Score(low + (high - low) * Fraction(cut, 8), draw(st.booleans()), None, ORIGIN, WHERE))
        for (level, clauses), cut in zip(gates.items(), cuts, strict=True)
    }


@st.composite
def with_requirements(draw, model):
    """The model with up to four requirements between any two nodes with levels, kept where they draw no circle."""
    levelled = [node.id for node in model.nodes.values() if tree.has_levels(node)]
    gated = [node.id for node in model.nodes.values() if node.gates]
    top = len(model.level_names.get("main", ()))
    for _ in range(draw(st.integers(0, 4)) if gated and len(levelled) > 1 else 0):
        above, below = draw(st.sampled_from(gated)), draw(st.sampled_from(levelled))
        at, level = draw(st.integers(2, top)), draw(st.integers(2, top))
        if above == below or model.nodes[below].kind == "row":
            continue
        edge = tree.Requires(below, level, same("reason"), ORIGIN, WHERE)
        node = model.nodes[above]
        gates = {**node.gates, at: (*node.gates[at], edge)}
        longer = replace(model, nodes={**model.nodes, above: replace(node, gates=gates)})
        model = model if circles(longer) else longer
    return model


def bare(id, parent, kind):
    """A node with nothing in it yet."""
    return tree.Node(
        id=id,
        kind=kind,
        title=same(id),
        about=None,
        code=None,
        parent=parent,
        children=(),
        weight=Fraction(1),
        weight_origin=ORIGIN,
        levels=None,
        answer=None,
        real=False,
        may_not_apply=False,
        aggregate="mean",
        round=None,
        gates={},
        criteria={},
        quantity=None,
        open=None,
        origin=ORIGIN,
        where=WHERE,
    )


def without_absence(node):
    """The node as it may stand under a sum, which refuses what does not apply."""
    certain = {k: tuple(replace(c, may_not_apply=False) for c in cs) for k, cs in node.criteria.items()}
    return replace(node, may_not_apply=False, criteria=certain)


def best_score(node, below, scale, top):
    """The score of a node when everything below it is at its best."""
    nodes = {n.id: n for n in below}
    if node.answer == "level":
        return Fraction(top)
    if not node.children:
        return scale.max
    parts = [(nodes[c].weight, best_score(nodes[c], below, scale, top)) for c in node.children]
    return aggregate(node, parts, scale)


# ------------------------------------------------------------------------------------------------ answers


def values(fact):
    """A value of the fact; levels and grades are whole."""
    if fact.kind in ("criterion", "level"):
        return st.integers(int(fact.worst), int(fact.best)).map(Fraction)
    return EIGHTHS.map(lambda share: fact.worst + share * (fact.best - fact.worst))


@st.composite
def fillings(draw, reading):
    """A value for every fact that applies."""
    return {id: draw(values(reading.facts[id])) for id in reading.low}


STATUSES = st.sampled_from(
    ("given",) * 5 + ("unknown", "blank", "not_asked", None, "not_applicable", "withheld")
)  # None: no entry at all


@st.composite
def assessments(draw):
    """Random answers to a random model."""
    model = draw(models())
    scope = draw(scopes(model))
    inside = inside_scope(model, scope)
    facts = facts_of(model)
    entries, silent = {}, set()
    for node in model.nodes.values():
        if node.id not in inside or node.parent in silent:
            silent.add(node.id)
            continue
        stands_in = draw(stand_ins(model, node)) if node.id not in facts and draw(SELDOM) else None
        if stands_in:
            entries[node.id] = stands_in
            silent.add(node.id)
            continue
        for fact in facts.values():
            if fact.node == node.id:
                entries |= draw(entries_of(fact))
    return Answers(model, SUBJECT, Study(), {}, (), scope, entries, (), "answers.yaml")


def scopes(model):
    some = st.lists(st.sampled_from(sorted(model.nodes)), min_size=1, max_size=2, unique=True).map(tuple)
    return st.one_of(st.none(), st.none(), some)


@st.composite
def stand_ins(draw, model, node):
    """An answer at an inner node: its level, its score, or a status for everything below it."""
    whole = st.integers(1, max(1, tree.top_level(model, node))).map(Fraction)
    kind = draw(st.sampled_from(("score", "level") if tree.has_levels(node) else ("score",)))
    status = draw(st.sampled_from(("given", "given", "withheld", "not_applicable")))
    if status != "given":
        return Answer(node.id, status, "level", reason="reason")
    on_scale = EIGHTHS.map(lambda share: model.scale.min + share * (model.scale.max - model.scale.min))
    return Answer(node.id, "given", kind, draw(whole if kind == "level" else on_scale))


@st.composite
def entries_of(draw, fact):
    """The entry of one fact, as {id: answer}; {} where there is none."""
    status = draw(STATUSES)
    if status is None:
        return {}
    if status != "given":
        return {fact.id: Answer(fact.id, status, fact.kind, reason="reason")}
    return {fact.id: draw(given(fact))}


@st.composite
def given(draw, fact):
    """An answer with a value; a criterion's evidence may be accepted at a stage, a figure may lie beyond its goalposts."""
    if fact.kind == "criterion":
        return Answer(fact.id, "given", "criterion", Fraction(draw(st.integers(0, 1))), stage=draw(STAGES))
    beyond = fact.kind == "quantity" and draw(SELDOM)
    return Answer(fact.id, "given", fact.kind, Fraction(draw(st.sampled_from((-1, 20)))) if beyond else draw(values(fact)))
