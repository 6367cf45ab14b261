"""Where the places and the layers of a study come from: sets, files, databases, hexagons."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from siting.study.fields import (
    CountryOrBloc,
    Number,
    PartOfWorld,
    SomeFile,
    Whole,
    fault,
    once,
    some,
)

CandidateSet = Literal["industrial_sites", "seaports", "towns"]
SHEET = "sheet of a workbook; needed where several are visible"
Sheet = Annotated[str, Field(min_length=1, max_length=31)]  # as Excel bounds its names


class _Strict(BaseModel):
    """A section of the study: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Hexagons(_Strict):
    """Land screened cell by cell (H3), before any place is named."""

    resolution: Whole = Field(
        5, ge=3, le=8, description="of the H3 grid: 5 has cells of about 250 km2, 6 of 36, 7 of 5"
    )
    regions: Annotated[tuple[PartOfWorld, ...], AfterValidator(some), AfterValidator(once)] = Field(
        description="parts of the world (europe, north_america, world), countries or blocs (EU)",
    )
    max_road_km: Number = Field(
        25.0, ge=0.1, le=1000, description="cells farther from any road of the network are masked"
    )
    min_people: Whole = Field(
        20_000,
        ge=0,
        le=100_000_000,
        description="cells with fewer town people within 50 km are masked",
    )


class Candidates(_Strict):
    """Which places are compared."""

    sets: Annotated[tuple[CandidateSet, ...], AfterValidator(once)] | None = Field(
        None,
        description="sets of the catalogue; all three by default, none beside a file or hexagons",
    )
    min_population: Whole = Field(
        15_000,
        ge=15_000,
        le=100_000_000,
        description="towns smaller than this are left out (people)",
    )
    countries: Annotated[tuple[CountryOrBloc, ...], AfterValidator(once)] = Field(
        (),
        description="only places in these countries (ISO 3166-1 alpha-2) or blocs (EU, ASEAN), as "
        "they stand on the date; all by default",
    )
    file: SomeFile | None = Field(
        None,
        description="your own list: CSV, Excel (.xlsx), GeoJSON, GeoPackage, GeoParquet, KML or "
        "Shapefile with site_id, name, lat, lon; every further column is kept",
    )
    sheet: Sheet | None = Field(None, description=SHEET)
    hex: Hexagons | None = Field(
        None, description="screen whole regions; the best cells of each zone are compared"
    )

    @property
    def chosen(self) -> tuple[CandidateSet, ...]:
        """The sets in play: what was named, else all where there is nothing of your own."""
        if self.sets is not None:
            return self.sets
        return () if self.file or self.hex else ("industrial_sites", "seaports", "towns")

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not (self.chosen or self.file or self.hex):
            raise fault("no candidates", "name a set, a file or hexagons")
        if self.sheet is not None and self.file is None:
            raise fault("a sheet of no file", "name the workbook under file", self.sheet)
        return self


class Exclusion(_Strict):
    """A layer of features that no candidate may lie in or near."""

    file: SomeFile = Field(
        description="CSV, Excel (.xlsx), GeoJSON, GeoPackage, GeoParquet, KML or Shapefile"
    )
    sheet: Sheet | None = Field(None, description=SHEET)
    buffer_km: Number = Field(
        0.0,
        ge=0,
        le=1000,
        description="distance around each feature (km); points and lines need one",
    )
