"""Everything a user may choose: one YAML file, checked whole before any work is done."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    model_validator,
)

from geodata.language import Language
from geodata.products import names
from siting.study.fields import (
    LAST_DEMAND,
    LEAST_PRICE,
    MOST_PRICE,
    Amount,
    Country,
    Day,
    DemandYear,
    Flag,
    Line,
    Number,
    PersonName,
    Raw,
    SomeFile,
    Weight,
    Whole,
    fault,
    once,
)
from siting.study.origin import Origin
from siting.study.parameters import Furnace
from siting.study.portfolio import PortfolioQuestion
from siting.study.product import DEFAULT
from siting.study.sources import Candidates, Exclusion

LensName = Literal["evidence", "premium_local", "low_cost_export", "onshoring", "article_2023"]


class _Strict(BaseModel):
    """A section of the study: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PillarWeights(_Strict):
    """Weight of a pillar, and of the criteria in it, which it multiplies; only ratios matter.

    A bare number is the weight of the pillar.
    """

    weight: Weight | None = Field(None, description="weight of the pillar; 1 in every lens")
    criteria: dict[str, Weight] = Field(
        default_factory=dict, description="weights of its criteria; one left out keeps its own"
    )

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: Any) -> Any:
        """Take a bare number as the weight of the pillar."""
        return value if isinstance(value, dict | PillarWeights) else {"weight": value}


class Anchor(_Strict):
    """Anchors of a value function; what they mean follows from its form (Criteria, below)."""

    worst: Raw = Field(
        description="raw value worth 0; worth 1 where nearness counts; the least that counts of "
        "a logarithm",
    )
    best: Raw = Field(
        description="raw value worth 1; how far from worst one half is reached, where the form "
        "has a half",
    )


Switched = Annotated[tuple[str, ...], AfterValidator(once)]


class _Switches(_Strict):
    """What is switched by hand; nothing both ways."""

    off: Switched = ()
    on: Switched = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        both = [name for name in self.on if name in self.off]
        if both:
            raise fault("on and off at the same time", "keep one of the two", both[0])
        return self

    @property
    def switched(self) -> bool:
        """Whether anything is."""
        return bool(self.off or self.on)

    def beside(self, other: Self) -> Self:
        """Return what both switch; where they differ, the other's."""
        off = tuple(one for one in self.off if one not in other.on)
        on = tuple(one for one in self.on if one not in other.off)
        return self.model_copy(
            update={
                "off": tuple(dict.fromkeys((*off, *other.off))),
                "on": tuple(dict.fromkeys((*on, *other.on))),
            }
        )


class Policies(_Switches):
    """Laws switched by hand, for what-if questions."""

    off: Switched = Field((), description="instrument_id of instruments to leave out")
    on: Switched = Field((), description="instrument_id of instruments to count as in force")


class Finance(_Strict):
    """What the cash flow of the plant counts; none of it moves the order."""

    tax: Flag = Field(True, description="corporate tax, holidays and the minimum tax")
    ramp_up: Flag = Field(True, description="ramp-up, qualification and yield of the first years")


class Events(_Switches):
    """Wars, blockades, surcharges and licences switched by hand, for what-if questions."""

    off: Switched = Field((), description="event_id of events to leave out")
    on: Switched = Field((), description="event_id of events to count whatever their dates")


class Snapshot(_Strict):
    """The same question at another moment or asked otherwise, all else as in the study."""

    as_of: Day | None = Field(None, description="nothing later is known")
    demand_year: DemandYear | None = Field(None, description="year whose demand counts")
    investor: Country | None = Field(None, description="home of another investor")
    policies: Policies = Field(Policies(), description="laws switched, beside the study's")
    events: Events = Field(Events(), description="wars, blockades, surcharges switched, likewise")
    title: Line = Field(
        "", description="what the map calls it, where investor, laws or events change"
    )

    @property
    def asks_otherwise(self) -> bool:
        """Whether it changes more than the moment."""
        return bool(self.investor or self.policies.switched or self.events.switched)


class Reach(_Strict):
    """How fast demand fades with freight: weight exp(-freight / reach)."""

    customers_usd_per_t: Number = Field(30.0, ge=1, le=500, description="gigafactories (USD/t)")
    carmakers_usd_per_t: Number = Field(30.0, ge=1, le=500, description="car plants (USD/t)")
    compatriots_usd_per_t: Number = Field(
        50.0, ge=1, le=500, description="cell plants of the investor's home country (USD/t)"
    )
    rivals_usd_per_t: Number = Field(
        60.0, ge=1, le=500, description="rival anode plants to their customers (USD/t)"
    )


class Listing(_Strict):
    """How the ranked list is cut."""

    top: Whole = Field(25, ge=1, le=500, description="sites on the map and in the summary")
    zones: Whole = Field(100, ge=1, le=1000, description="siting zones in the ranked list")
    zone_km: Number | None = Field(
        None,
        ge=0,
        le=1000,
        description="extent of a siting zone (km); by default 200, and 0, every place for itself, "
        "where only your own list is compared",
    )


class Draws(_Strict):
    """How the confidence of the order is worked out: what is not known for sure is drawn."""

    draws: Whole = Field(2000, ge=0, le=100_000, description="how many; 0 leaves it out")
    seed: Whole = Field(
        1, ge=0, le=2**32 - 1, description="of the random numbers; same seed, same result"
    )
    concentration: Number = Field(
        40.0,
        ge=1,
        le=10_000,
        description="how near the drawn weights keep to the chosen ones; 40: +- 0.07 at 0.3",
    )


# What is wrong with the weights of studies written for the former model, and the hint.
BY_STRATEGY = (
    "weights stand by pillar, not by strategy",
    "name a lens, as in `lens: premium_local`, and put the pillars straight under `weights`",
)


def _by_pillar(value: Any) -> Any:
    if isinstance(value, dict) and not set(get_args(LensName)).isdisjoint(value):
        what, hint = BY_STRATEGY
        raise fault(what, hint)
    return value


Changes = Annotated[dict[str, PillarWeights], BeforeValidator(_by_pillar)]


class Stakeholder(_Strict):
    """One of those who decide: what weighs how much for them; the rest is as the study has it."""

    share: Weight | None = Field(
        None, description="how much the stakeholder counts, only ratios matter; by default equally"
    )
    lens: LensName | None = Field(None, description="weights to start from; else the study's")
    weights: Changes = Field(
        default_factory=dict, description="changes to the weights of the study: pillar, criteria"
    )


class Study(_Strict):
    """One question to the planner."""

    name: str = Field("study", pattern=r"^[\w][\w .-]{0,63}$", description="title of the results")
    question: Line | None = Field(None, max_length=160, description="title of the map, in words")
    language: Language = Field(
        "en", description="what the outputs speak: English, Chinese, Korean, Japanese"
    )
    as_of: Day | None = Field(
        None,
        description="nothing later is known; by default the catalogue's own date",
    )
    investor: Country = Field("CN", description="home country of the investor")
    owner: Line = Field(
        "",
        max_length=100,
        description="firm that builds, as the tables spell it (several with a semicolon between): "
        "it stands nearer to countries where it has works or a mine, and its own mine sells to it "
        "at cost",
    )
    product: Line = Field(
        DEFAULT,
        description="what is made, a row of the table `products`",
        json_schema_extra={"enum": list(names())},
    )
    furnace: Furnace = Field(
        "box",
        description="how a product that is graphitised is heated; its power and consumables",
    )
    capacity_ktpa: Number = Field(
        50.0, ge=0.01, le=1000, description="size of the plant (kt a year)"
    )
    demand_year: DemandYear = Field(
        LAST_DEMAND, description="year whose demand is served: the tables state these"
    )
    lens: LensName = Field(
        "evidence", description="named set of weights to start from, see docs/weights.md"
    )
    weights: Changes = Field(
        default_factory=dict, description="changes to the weights of the lens: pillar, criteria"
    )
    stakeholders: dict[PersonName, Stakeholder] = Field(
        default_factory=dict,
        description="those who decide, by name, for `siting stakeholders`; they move no plan",
    )
    anchors: dict[str, Anchor] = Field(
        default_factory=dict, description="changes to the anchors of value functions, by criterion"
    )
    reach: Reach = Field(Reach(), description="decay of demand with freight")
    price_usd_per_t: Number | None = Field(
        None,
        ge=LEAST_PRICE,
        le=MOST_PRICE,
        description="what customers outside China pay before duty; by default the dated series",
    )
    chinese_price_usd_per_t: Number | None = Field(
        None,
        ge=LEAST_PRICE,
        le=MOST_PRICE,
        description="Chinese export price; by default the dated series",
    )
    carbon_price_usd_per_t: Number = Field(
        0.0, ge=0, le=1000, description="price set on a tonne of CO2e of the power (USD/t)"
    )
    finance: Finance = Field(Finance(), description="what the cash flow counts")
    parameters: dict[str, Amount] = Field(
        default_factory=dict,
        description="your own central value of a parameter of cost, building, ramp-up, working "
        "capital or the carve-out of the minimum tax, by param_id (anode_economics)",
    )
    factors: dict[str, dict[str, Amount]] = Field(
        default_factory=dict,
        description="your own figure of a place (country, bloc, region or bidding zone), by "
        "factor; that of the narrower place counts",
    )
    candidates: Candidates = Field(Candidates(), description="places compared")
    exclude: Annotated[tuple[Exclusion, ...], AfterValidator(once)] = Field(
        (), description="layers that rule places out"
    )
    policies: Policies = Field(Policies(), description="laws switched by hand")
    events: Events = Field(Events(), description="wars, blockades, surcharges switched by hand")
    tables: dict[str, SomeFile] = Field(
        default_factory=dict, description="your own file in place of a catalogue table"
    )
    portfolio: PortfolioQuestion = Field(
        PortfolioQuestion(), description="what `siting portfolio` is asked for; it moves no plan"
    )
    confidence: Draws = Field(Draws(), description="how the confidence of the order is worked out")
    listing: Listing = Field(Listing(), description="how the list is cut")
    snapshots: tuple[Snapshot, ...] = Field(
        (),
        max_length=6,
        description="other dates, years, investors, laws, to choose from on the map",
    )

    _origin: Origin = PrivateAttr(default_factory=Origin)

    @property
    def origin(self) -> Origin:
        """Where the study was written."""
        return self._origin

    def written(self, origin: Origin) -> Self:
        """Return the study as written there."""
        copy = self.model_copy()
        copy._origin = origin  # noqa: SLF001 - of the same class
        return copy

    def seen_by(self, stakeholder: str) -> Study:
        """Return the study with the lens and weights of one of its stakeholders.

        Whoever names a lens starts from that lens alone; else from the weights of the study.
        """
        own = self.stakeholders[stakeholder]
        weights = own.weights if own.lens else laid_over(self.weights, own.weights)
        return self.model_copy(
            update={"lens": own.lens or self.lens, "weights": weights, "stakeholders": {}}
        )


def laid_over(below: Changes, above: Changes) -> Changes:
    """Return changes to a weight tree with further changes over them; neither is altered."""
    laid = dict(below)
    for pillar, change in above.items():
        old = laid.get(pillar, PillarWeights(weight=None))
        laid[pillar] = PillarWeights(
            weight=old.weight if change.weight is None else change.weight,
            criteria={**old.criteria, **change.criteria},
        )
    return laid
