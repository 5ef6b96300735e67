"""Whole numbers beyond what floating point holds, and a solve that is stopped."""

from itertools import product
from random import Random

from gscm.solver import LIMB, Program, Watch


def cheapest(costs, rows, most):
    """The least cost of choices that meet rows of at least one each and a bound on their weight, by trying all."""
    weights, bound = most
    return min(
        (
            sum(cost for cost, taken in zip(costs, choice, strict=True) if taken)
            for choice in product((0, 1), repeat=len(costs))
            if all(any(choice[i] for i in row) for row in rows)
            and sum(weight for weight, taken in zip(weights, choice, strict=True) if taken) <= bound
        ),
        default=None,
    )


def test_the_least_cost_is_exact_for_costs_of_any_size():
    dice = Random(3)
    for size in (10, LIMB + 1, 10**12, 10**15) * 10:
        count = dice.randint(3, 8)
        costs, weights = ([dice.randint(0, size) for _ in range(count)] for _ in range(2))
        rows = [dice.sample(range(count), 2) for _ in range(3)]
        program = Program()
        choices = [program.choice() for _ in costs]
        for row in rows:
            program.require({choices[i]: 1.0 for i in row}, 1.0)
        program.at_most(dict(zip(choices, weights, strict=True)), sum(weights) * 2 // 3)
        found = program.least(dict(zip(choices, costs, strict=True)))
        assert found.proven
        assert found.value == cheapest(costs, rows, (weights, sum(weights) * 2 // 3))


def test_one_part_in_a_trillion_decides():
    program = Program()
    choices = [program.choice() for _ in range(20)]
    costs = [10**12 + 20 - n for n in range(20)]
    program.at_least(dict.fromkeys(choices, 1), 10)
    assert program.least(dict(zip(choices, costs, strict=True))).value == sum(sorted(costs)[:10])


def test_an_amount_is_a_whole_number_of_any_size():
    program = Program()
    amount = program.amount(3 * 10**13)
    program.at_least(amount, 2 * 10**13 + 7)
    assert program.least(amount).value == 2 * 10**13 + 7


def test_a_solve_leaves_no_rows_behind():
    program = Program()
    choice = program.choice()
    program.at_least({choice: 1}, 1)
    before = len(program.rows), len(program.lower)
    program.least({choice: 10**12 + 1, program.choice(): 10**12})
    assert (len(program.rows), len(program.lower)) == (before[0], before[1] + 1)


def test_what_is_stopped_gives_the_solution_it_began_with_and_claims_no_proof():
    program = Program()
    choice = program.choice()
    found = program.least({choice: 1}, [1.0], Watch(stopped=True))
    assert (found.values, found.value, found.proven) == ((1.0,), 1, False)


def test_a_watch_within_another_is_stopped_with_it_and_runs_out_no_later():
    whole = Watch.of(100)
    part, longer = whole.within(10), whole.within(1000)
    assert part.left() <= 10
    assert longer.left() <= 100
    assert not part.over
    whole.stopped = True
    assert part.over
    assert longer.within(5).ended


def test_what_lacks_is_exact_for_amounts_of_any_size():
    dice = Random(5)
    for size in (10, LIMB + 1, 10**12, 10**14) * 8:
        costs = [dice.randint(0, size) for _ in range(4)]
        bound = dice.randint(0, 2 * size)
        program = Program()
        choices = [program.choice() for _ in costs]
        program.require(dict.fromkeys(choices, 1.0), 2.0)
        amount = program.amount(sum(costs))
        lacking = {variable: -many for variable, many in amount.items()}
        program.at_most(dict(zip(choices, costs, strict=True)) | lacking, bound)
        assert program.least(amount).value == max(0, sum(sorted(costs)[:2]) - bound)
