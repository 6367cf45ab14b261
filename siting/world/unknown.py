"""What the tables do not know of a product, in sentences: nothing is guessed in its place."""

from __future__ import annotations

from geodata.language import tr
from siting.study.study import Study
from siting.world.facts import Facts
from siting.world.policy import applies_to_product


def unknown_of(study: Study, facts: Facts) -> tuple[str, ...]:
    """Return a sentence on each thing that is not known of the study's product; mostly none."""
    product = facts.product(study)
    name, own = tr(product.name), product.not_known.strip().rstrip(".")
    texts = [tr("{sentence}.", sentence=tr(own))] if own else []
    if not product.feeds:
        texts.append(
            tr("No source of the feedstock of {product} is known by place: it costs the same at "
               "every gate, and its freight is left out.", product=name)
        )  # fmt: skip
    duties = facts["policy_zones"]
    duties = duties[duties["theme"].eq("anode_duty")]
    if len(duties) and not applies_to_product(duties, product).any():
        texts.append(
            tr("No duty on {product} is known: none is counted, Chinese goods included.",
               product=name)
        )  # fmt: skip
    if not product.land:
        texts.append(
            tr("No land of a plant of {product} is known: no estate is too small for it.",
               product=name)
        )  # fmt: skip
    return tuple(texts)
