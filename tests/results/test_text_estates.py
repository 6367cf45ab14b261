from __future__ import annotations

import numpy as np
import pandas as pd

from siting.results.text.estates import facts_in_words


def line(**facts):
    return facts_in_words(pd.DataFrame([facts]))[0]


def test_facts_read_as_one_line_in_a_fixed_order():
    made = line(port="Vaasa", area_ha_available=1250.0, site_type="port_industrial", rail="y")
    assert made == "port industrial · 1,250 ha available · port Vaasa · rail"


def test_what_is_not_known_says_nothing():
    assert line(area_ha_available=np.nan, port="", gas="n", special_regime="none") == ""
    assert line(status="unknown", rail="unknown") == ""
    assert facts_in_words(pd.DataFrame({"name": ["a"]})) == [""]


def test_text_of_a_users_own_list_stays_as_it_is():
    made = line(area_ha_available="about 50", grid_mw_available="inf", notable_tenants="A;<b>B</b>")
    assert made == "about 50 ha available · inf MW of grid available · tenants: A, <b>B</b>"
