"""What the tables do not know of a product, in sentences: nothing is guessed in its place."""

from __future__ import annotations

from siting.study.study import Study
from siting.world.facts import Facts
from siting.world.policy import applies_to_product


def unknown_of(study: Study, facts: Facts) -> tuple[str, ...]:
    """Return a sentence on each thing that is not known of the study's product; mostly none."""
    product = facts.product(study)
    texts = [product.not_known.strip().rstrip(".")]
    if not product.feeds:
        texts.append(
            f"No source of the feedstock of {product.name} is known by place: it costs the same at "
            "every gate, and its freight is left out"
        )
    duties = facts["policy_zones"]
    duties = duties[duties["theme"].eq("anode_duty")]
    if len(duties) and not applies_to_product(duties, product).any():
        texts.append(f"No duty on {product.name} is known: none is counted, Chinese goods included")
    if not product.land:
        texts.append(
            f"No land of a plant of {product.name} is known: no estate is too small for it"
        )
    return tuple(f"{text}." for text in texts if text)
