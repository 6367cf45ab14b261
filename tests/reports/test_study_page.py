from siting.reports.study_page import FORMS, reference
from siting.study.criteria import CRITERIA
from siting.study.lenses import LENSES


def test_every_criterion_and_lens_has_its_row():
    page = reference()
    for key in (*CRITERIA, *LENSES):
        assert f"| `{key}` | " in page


def test_the_form_of_a_value_is_described_by_its_anchors():
    page = reference()
    assert "1 at 0, one half at 50" in page  # nearness of compatriots
    assert "0 at 5000, 1 at 2500, and on beyond both" in page
    assert "ln of it over 1; what lies below 0.02 counts as 0.02" in page
    assert set(FORMS) == {c.value.shape for c in CRITERIA.values()}
