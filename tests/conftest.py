"""Plans that several test files look at: made once a run, small enough to be quick."""

import pytest
from hypothesis import settings

from siting.planner import Plan, make_plan
from siting.study.study import Candidates, Draws, Hexagons, Listing, Study

# the same examples on every machine, however slow it is
settings.register_profile("planner", deadline=None, derandomize=True)
settings.load_profile("planner")


@pytest.fixture(scope="session")
def nordic_study() -> Study:
    """Three countries and one that bars nobody, as an investor from China sees them."""
    return Study(
        name="nordic",
        candidates=Candidates(countries=("SE", "FI", "NO", "MA"), min_population=15_000),
        listing=Listing(zones=20, top=10),
    )


@pytest.fixture(scope="session")
def nordic(nordic_study: Study) -> Plan:
    """The plan of `nordic_study`."""
    return make_plan(nordic_study)


@pytest.fixture(scope="session")
def screened() -> Plan:
    """A plan of the cells of three countries, one of them with much land that nobody can use."""
    return make_plan(
        Study(
            name="screened",
            candidates=Candidates(
                hex=Hexagons(resolution=4, regions=("EE", "LV", "MA"), min_people=30_000)
            ),
            listing=Listing(zones=8, top=5),
            confidence=Draws(draws=300),
        )
    )
