"""Where the places and the layers of a study come from: sets, files, databases, hexagons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from geodata.database import Query
from siting.study.fields import (
    CountryOrBloc,
    DatabaseUrl,
    Number,
    PartOfWorld,
    SomeFile,
    Whole,
    fault,
    once,
    some,
)

CandidateSet = Literal["industrial_sites", "seaports", "towns"]
Sheet = Annotated[str, Field(min_length=1, max_length=31)]  # as Excel bounds its names
SqlText = Annotated[str, Field(min_length=1, max_length=100_000)]
Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]


class _Strict(BaseModel):
    """A section of the study: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Source(_Strict):
    """Rows of the user's own: those of a file, or of a query to a database."""

    file: SomeFile | None = Field(
        None,
        description="CSV, Excel (.xlsx), GeoJSON, GeoPackage, GeoParquet, KML or Shapefile; of "
        "candidates every column beside site_id, name, lat and lon is kept",
    )
    sheet: Sheet | None = Field(
        None, description="sheet of a workbook; needed where several are visible"
    )
    database: DatabaseUrl | None = Field(
        None,
        description="PostGIS database in place of a file, as postgresql://user@host/database; the "
        "password comes from the environment (docs/own_files.md)",
    )
    query: SqlText | None = Field(None, description="SELECT that gives the rows")
    password_env: Variable | None = Field(
        None, description="environment variable with the password; PGPASSWORD by default"
    )

    @property
    def source(self) -> Path | Query | None:
        """Where the rows are; None where there are none of the user's own."""
        if self.database is not None and self.query is not None:
            return Query(self.database, self.query, self.password_env)
        return self.file

    @property
    def source_name(self) -> str:
        """What faults call it; "" where there are none."""
        return self.source.name if self.source else ""

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.file is not None and self.database is not None:
            raise fault("a file and a database", "keep one of the two")
        if self.sheet is not None and self.file is None:
            raise fault("a sheet of no file", "name the workbook under file", self.sheet)
        if self.database is not None and self.query is None:
            raise fault("no query", "say what to read, as query: select * from sites")
        if self.database is None and (self.query is not None or self.password_env is not None):
            raise fault("a query to no database", "name it under database")
        return self


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


class Candidates(_Source):
    """Which places are compared."""

    sets: Annotated[tuple[CandidateSet, ...], AfterValidator(once)] | None = Field(
        None,
        description="sets of the catalogue; all three by default, none beside a list of your own "
        "or hexagons",
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
    hex: Hexagons | None = Field(
        None, description="screen whole regions; the best cells of each zone are compared"
    )

    @property
    def chosen(self) -> tuple[CandidateSet, ...]:
        """The sets in play: what was named, else all where there is nothing of your own."""
        if self.sets is not None:
            return self.sets
        return () if self.source or self.hex else ("industrial_sites", "seaports", "towns")

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not (self.chosen or self.source or self.hex):
            raise fault("no candidates", "name a set, a file, a database or hexagons")
        return self


class Exclusion(_Source):
    """A layer of features that no candidate may lie in or near."""

    buffer_km: Number = Field(
        0.0,
        ge=0,
        le=1000,
        description="distance around each feature (km); points and lines need one",
    )

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.source is None:
            raise fault("no layer", "name a file, or a database and a query")
        return self
