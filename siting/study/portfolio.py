"""What a portfolio is asked for: sizes, years, and the limits of a board."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from siting.study.fields import Line, Number, Whole, fault, once, some

PlaceSet = Literal["zones", "estates", "own"]
LAST_YEAR = 2060
_MOST_PATHS = 5000  # ways to build one site


def _listed(value: Any) -> Any:
    """Take one number for every period."""
    return (value,) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _rising(sizes: tuple[float, ...]) -> tuple[float, ...]:
    if list(sizes) != sorted(set(sizes)):
        raise fault("sizes that do not rise", "list each size once, the smallest first")
    return sizes


class PortfolioQuestion(BaseModel):
    """Which plants, how big and when; `siting portfolio` answers it, no plan depends on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    places: PlaceSet = Field(
        "zones",
        description="zones: the site that stands for each zone of the list; estates: the likeliest "
        "industrial estates; own: your own list",
    )
    most_places: Whole = Field(100, ge=1, le=500, description="how many of them, best first")
    first_year: Whole | None = Field(
        None, ge=2010, le=LAST_YEAR, description="first year of decisions; by default the next"
    )
    last_year: Whole | None = Field(
        None, ge=2010, le=LAST_YEAR, description="last year of decisions; by default nine later"
    )
    period_years: Whole = Field(2, ge=1, le=10, description="years of a period")
    sizes_ktpa: Annotated[
        tuple[Annotated[Number, Field(ge=0.01, le=1000)], ...],
        AfterValidator(some),
        AfterValidator(_rising),
    ] = Field(
        (20.0, 50.0, 100.0),
        max_length=6,
        description="sizes of a plant (kt a year); a plant may start small and grow",
    )
    plants: Whole = Field(5, ge=1, le=100, description="plants at most")
    plants_by_country: Whole | None = Field(
        None, ge=1, le=100, description="plants of one country at most"
    )
    budget_musd: Annotated[
        tuple[Annotated[Number, Field(ge=0, le=1e6)], ...], BeforeValidator(_listed)
    ] = Field(
        (),
        description="own spending at most, after aid (million USD): one number for every period, "
        "or one each",
    )
    utilisation_pct: Number = Field(
        0.0, ge=0, le=100, description="sales of a plant over what it can sell, at least"
    )
    carbon_t_per_t: Number | None = Field(
        None, ge=0, le=100, description="mean CO2e of the power of a tonne sold, at most"
    )
    customer_share_pct: Number = Field(
        100.0, ge=1, le=100, description="of all sales of a period to one customer, at most"
    )
    chance_pct: Number = Field(
        0.0, ge=0, le=100, description="chance that a plant is admitted and built, at least"
    )
    all_built_pct: Number = Field(
        0.0, ge=0, le=100, description="chance that all plants are admitted and built, at least"
    )
    must: Annotated[tuple[Line, ...], AfterValidator(once)] = Field(
        (), description="sites that are built in any case: id, name or lat,lon"
    )
    never: Annotated[tuple[Line, ...], AfterValidator(once)] = Field(
        (), description="sites that are not built"
    )
    alternatives: Whole = Field(
        10, ge=1, le=50, description="portfolios, the best with those that come near it"
    )
    loss_pct: Number = Field(
        2.0, ge=0, le=100, description="of the value of the best, what another may lose"
    )
    differ: Whole = Field(
        2,
        ge=1,
        le=20,
        description="sites in which two of them differ at least; one in place of another is two",
    )
    gap_pct: Number = Field(
        0.5, ge=0.01, le=50, description="between value and proved bound, when the search may end"
    )
    time_s: Number = Field(60.0, ge=1, le=86_400, description="for the search of the best (s)")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        both = [name for name in self.must if name in self.never]
        if both:
            raise fault("must and never at the same time", "keep one of the two", both[0])
        return self
