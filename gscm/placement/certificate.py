"""The certificate of a placement: for every node, facts that anyone can fill in to confirm where it stands.

`held_by` with everything else at its worst gives at least the low level; `blocked_by` as shown with
everything else at its best gives at most the low level; `ceiling` as shown with everything else at
its best gives at most the high level. `gscm.placement.verify` checks it without the placer's code.
"""

from __future__ import annotations

from typing import Any

from gscm.model.flat import digest, model_digest
from gscm.placement.place import Result
from gscm.responses.answers import flat_answers

FORMAT = "gscm-certificate/1"


def certificate(result: Result) -> dict[str, Any]:
    """The certificate as plain JSON, bound by SHA-256 to the resolved model and to the answers."""
    return {
        "format": FORMAT,
        "model": result.model.id,
        "model_version": result.model.version,
        "model_sha256": model_digest(result.model),
        "answers_sha256": digest(flat_answers(result.answers)),
        "nodes": {
            node.node: {
                "low": node.low,
                "high": node.high,
                "score_low": None if node.score_low is None else str(node.score_low),
                "score_high": None if node.score_high is None else str(node.score_high),
                "held_by": list(node.held_by),
                "blocked_by": list(node.blocked_by),
                "ceiling": list(node.ceiling),
            }
            for node in result.nodes.values()
        },
    }
