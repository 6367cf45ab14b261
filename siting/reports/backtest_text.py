"""Why the model passed some plants by, as docs/backtest.md says it."""

from __future__ import annotations

# Why the model passed a plant by: what the catalogue's source says and no table holds.
REASONS: dict[str, str] = {
    "altech-schwarze-pumpe": "an Australian owner beside its German partner on a lignite estate, "
    "where power is dear: no tie in the tables",
    "bgv-balakhivka": "in a country at war, which the planner closes; the owner's own mine is "
    "there",
    "epsilon-leland": "an Indian owner in the US for its customers and a state grant: no tie there",
    "falcon-jorf-lasfar": "a port by sea from the owner's mine in Guinea, with free access to the "
    "EU and the US and a partner from Morocco's phosphates: no tie in the tables",
    "gotion-big-rapids": "a state package and offered land (US-MI-INC, which explains and never "
    "scores); one chance in three of refusal, and it was given up",
    "graphex-warren": "an owner seated in Hong Kong in the US for its customers: no tie there",
    "greenroc-arendal": "a mine owner from Greenland's shore gone to the nearest cheap power",
    "posco-thai-nguyen": "beside works of the owner's own group (a tie of the group only)",
    "sgl-meitingen": "on the owner's own works, in a part of its country where power is dear",
    "volt-tuscaloosa": "an Australian owner in the US for its customers and a grant: no tie there",
}
UNEXPLAINED = "not known"
