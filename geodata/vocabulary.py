"""The closed lists of words that the catalogue tables may use, each with what it means.

A list is term -> meaning: the schemas (`geodata.tables`) check the terms, the data dictionary
prints the meanings.
"""

from __future__ import annotations

from collections.abc import Mapping

from geodata import products

Words = Mapping[str, str]

CONFIDENCE: Words = {
    "A": "read in a primary source or in two that agree",
    "B": "one good source, or part of it missing, conflicting, estimated or old",
    "C": "general knowledge or an order of magnitude, unverified",
}

PROJECT_STATUS: Words = {
    "operating": "produces",
    "construction": "being built",
    "announced": "publicly named, not yet being built",
    "paused": "halted; a built plant keeps its installed capacity",
    "cancelled": "given up",
}

BUILD_KIND: Words = {
    "gigafactories": "battery cell plants",
    "anode_plants": "anode plants",
}

COORD_PRECISION: Words = {
    "site": "the plant or park itself, good to a few km",
    "city": "centre of the named town, typically 2 to 15 km off",
}

CHEMISTRY: Words = {
    "NMC": "nickel-based cathodes (NMC, NCA)",
    "LFP": "iron phosphate cathodes (LFP, LMFP)",
    "mixed": "both families",
    "unknown": "not known",
}

SEGMENT: Words = {
    "ev": "vehicles",
    "ess": "stationary storage",
    "both": "vehicles and storage",
    "unknown": "not known",
}

EV_OUTPUT: Words = {
    "ev": "only battery-electric cars",
    "mixed": "battery-electric beside other cars",
    "planned": "a public plan to build them, possibly postponed",
    "ice": "none; plug-in hybrids alone count here",
}

ANODE_PRODUCT: Words = {
    **products.works(),
    "natural": "natural graphite, spherical or coated",
    "silicon": "silicon-based anode",
    "mixed": "natural and synthetic graphite",
}

BATTERY_MATERIAL: Words = {
    "cathode": "cathode active material of any family",
    "precursor": "nickel, cobalt and manganese hydroxide for cathodes",
    "electrolyte": "mixed electrolyte",
    "electrolyte_salt": "lithium salts for electrolyte",
    "electrolyte_solvent": "carbonate solvents for electrolyte",
    "separator": "separator film, base or coated",
    "copper_foil": "copper foil for anodes",
    "aluminium_foil": "aluminium foil for cathodes",
    "binder": "binder of electrodes",
    "conductive_additive": "carbon black or nanotubes that carry current in electrodes",
    "structural_parts": "cans, caps, terminals, pouch film, frames",
    "lithium_refining": "lithium salts from brine or ore",
    "nickel_refining": "nickel and cobalt salts, hydroxide or matte meant for cells",
    "recycling": "nickel, cobalt and lithium won back from cells",
}

SITE_TYPE: Words = {
    "industrial_park": "serviced park for industry",
    "chemical_park": "park for chemicals, permits and utilities to match",
    "free_zone": "customs or tax free zone",
    "port_industrial": "industrial land of a port",
    "megasite": "one large plot kept for a single investor",
    "brownfield": "former smelter, power plant or works",
}

SITE_STATUS: Words = {
    "available": "land on offer, planned or not yet serviced land included",
    "partly_taken": "some plots taken",
    "full": "nothing left; kept so that it can be left out knowingly",
    "unknown": "not known, or idle without an offer",
}

FUEL: Words = {
    "gas": "natural gas",
    "coal": "hard coal or lignite",
    "oil": "crude, heavy oil or diesel",
    "petcoke": "petroleum coke",
    "nuclear": "nuclear",
    "hydro": "hydropower, pumped storage included",
    "wind": "wind, on land or close to the coast",
    "solar": "photovoltaic or thermal",
    "biomass": "wood, bagasse, biogas",
    "waste": "municipal or industrial waste",
    "geothermal": "geothermal",
    "wave_and_tidal": "waves or tides",
    "cogeneration": "heat and power, fuel not stated",
    "storage": "batteries and other stores",
    "other": "none of these",
}

YES_NO: Words = {"y": "yes", "n": "no", "unknown": "not known"}

POLICY_LEVEL: Words = {
    "bloc": "group of countries",
    "country": "whole country",
    "state": "first-level division",
    "subnational": "smaller area",
}

GEO_TYPE: Words = {
    "iso2": "ISO 3166-1 alpha-2 country codes",
    "iso3166-2": "ISO 3166-2 codes of first-level divisions",
    "nuts": "NUTS 2021 codes",
}

POWER_GEO_TYPE: Words = {
    "iso2": GEO_TYPE["iso2"],
    "iso3166-2": GEO_TYPE["iso3166-2"],
    "bidding_zone": "bidding zones, as SE2",
}

INTAKE: Words = {
    "open": "requests are taken in their order",
    "rationed": "some are chosen, by block, rank or maturity",
    "closed": "none are taken",
}

EFFECT: Words = {
    "incentive": "money or another benefit",
    "tax": "sets a least rate of income tax",
    "tariff": "duty on imports",
    "exclusion": "bar or hurdle for some owners",
    "demand": "pulls electric cars or cells",
    "carbon": "prices, discloses or limits carbon",
    "local_content": "asks for local or allied origin",
    "export_control": "licence or ban on leaving the country",
}

POLICY_STATUS: Words = {
    "in_force": "law today",
    "proposed": "bill or draft",
    "proposed_repeal": "law whose repeal is proposed",
    "repealed": "was law, taken back",
    "expired": "was law, ran out",
    "suspended": "law, not applied at present",
    "closed": "scheme that takes no more applications",
    "announced": "promised, not enacted",
    "delayed": "enacted, start put off",
    "not_imposed": "proceeding that ended without a measure",
    "negotiation": "being negotiated",
}

THEME: Words = {
    "production_credit": "paid by output",
    "capex_aid": "grant or tax credit on capital cost",
    "power_aid": "cheaper power",
    "tax_holiday": "relief of income tax",
    "minimum_tax": "least rate of income tax that large groups pay (Pillar Two)",
    "loan": "loan or guarantee",
    "zone_benefit": "benefits of a special zone",
    "permit_speed": "faster permits",
    "entry_screening": "screening of foreign investors",
    "land_law": "limits on who may hold land",
    "foreign_entity_rule": "rule on entities of concern in the supply chain",
    "fleet_standard": "CO2 or emission standard for car fleets",
    "zev_mandate": "share or date of zero-emission cars",
    "purchase_support": "subsidy to buyers of cars",
    "investment_wave": "programme that draws battery plants",
    "fleet_incentive": "incentive to fleet operators",
    "net_zero": "climate target",
    "carbon_footprint": "footprint, passport or border carbon rule",
    "anode_duty": "duty on anode or graphite powder of Chinese origin in that market",
    "other_duty": "any other duty",
    "origin_rule": "rule of origin or local content",
    "duty_free": "duty-free access",
    "export_licence": "export licence or ban",
    "other": "none of these",
}

ROLE: Words = {
    "score": "may move a score",
    "explain": "written because a plant went there; it explains, never scores",
}

REGION_TYPE: Words = {
    "country": "the whole country; region_code is blank",
    "iso3166-2": "first-level division",
    "bidding_zone": "bidding zone of the power market",
}

EXCLUSION_REASON: Words = {
    "home_market": "inside China, where the question does not arise",
    "sanctions": "sanctions bar the trade",
}

EVENT_KIND: Words = {
    "war": "war, insurgency or strikes on works",
    "blockade": "ships do not pass, or wait",
    "lane_surcharge": "charge of the shipping lines on top of freight",
    "export_licence": "licence that goods or kit need to leave a country",
    "power_or_gas_stop": "power or gas cut to industry",
}

EVENT_EFFECT: Words = {
    "bar": "nobody builds there and nobody is sold to",
    "closure": "no ship goes through the passage, or calls at the ports of the places",
    "usd_per_t": "USD a tonne on every ship through the passage, or at each call at those ports",
    "refusal": "chance that a project there comes to nothing by it",
    "months": "months by which a project, or a voyage through the passage, is late",
}

PASSAGE: Words = {
    "hormuz": "Strait of Hormuz",
    "bab_el_mandeb": "Bab el-Mandeb, southern mouth of the Red Sea",
    "suez": "Suez Canal",
    "malacca": "Strait of Malacca",
    "panama": "Panama Canal",
    "gibraltar": "Strait of Gibraltar",
    "turkish_straits": "Dardanelles and Bosporus",
}

MARKET: Words = {
    "EU": "European Union",
    "US": "United States",
    "GB": "United Kingdom",
    "JP": "Japan",
    "IN": "India",
    "TR": "Turkiye",
    "MX": "Mexico",
    "MA": "Morocco",
    "GCC": "customs union of the Gulf states: SA, AE, OM, QA, BH, KW",
    "MERCOSUR": "customs union of AR, BR, UY and PY",
}

PRICE_SERIES: Words = {
    **products.series(),
    "chinese_export": "at a Chinese port, without the 13 % VAT and without sea freight: mean of "
    "low-end and mid-range synthetic anode",
    "outside_china": "what customers outside China paid, at the import gate before duty",
}

ACCESS: Words = {
    "free": "no duty on industrial goods",
    "preference": "lower duty, or free for some goods",
}

FEEDSTOCK: Words = {
    **products.feedstocks(),
    "needle_coke": "needle coke, petroleum or pitch based (synthetic)",
    "petroleum_coke": "calcined or green petroleum coke (synthetic)",
    "flake_concentrate": "flake graphite concentrate (natural)",
}

IMPORT_GOODS: Words = {
    "active_anode_material": "graphite for batteries, natural and artificial together",
    "artificial_graphite": "artificial graphite of all kinds (HS 380110)",
    "natural_graphite": "natural graphite of all kinds (HS 2504)",
    "all_graphite": "natural and artificial graphite, electrodes included",
}

IMPORT_BASIS: Words = {
    "reported": "as trade statistics state it for the whole period",
    "projected": "worked out from part of the period",
    "bound": "a round figure or a lower bound",
}

SOURCE_STATUS: Words = {
    "producing": "sells today, if only in campaigns",
    "construction": "being built",
    "planned": "resource or study, no decision to build",
    "care": "built, stopped, kept ready",
}

CARBON_KIND: Words = {
    "electrodes": "graphite electrodes, carbon electrodes or electrode paste",
    "cathodes": "cathode blocks and furnace linings",
    "speciality_graphite": "isostatic, extruded or vibrated graphite, brushes, purified powders",
    "pitch": "coal tar distilled to pitch",
    "calcined_coke": "petroleum coke calcined",
}

WORKS_STATUS: Words = {
    "operating": "produces",
    "idle": "stopped, not given up",
    "closed": "given up or torn down",
}

TIE_LINK: Words = {
    "own": "the firm's own",
    "group": "of its parent, of a firm it owns or of a joint firm",
    "holder": "of a firm with a share in it",
    "partner": "of a firm named with it for one plan; counts for no other",
}

TIE_KIND: Words = {
    "works": "works, built or being built",
    "mine": "mine, deposit or exploration licence",
}

LINK_KIND: Words = {
    "bridge": "road bridge",
    "tunnel": "road or shuttle tunnel",
    "road": "road that the network lacks",
    "rail": "railway that the network lacks",
    "ferry": "ferry line",
    "port": "cargo port that the port list lacks or misplaces",
    "closed": "border that freight cannot cross; the names are country codes",
}

ECONOMICS_CATEGORY: Words = {
    "intensity": "anode per kWh of cells or per car",
    "energy": "power and heat per tonne",
    "carbon": "emissions per tonne",
    "yield": "output over input",
    "feedstock": "feedstock per tonne and its price",
    "capex": "capital cost",
    "opex": "operating cost",
    "opex_split": "share of a cost in operating cost",
    "price": "what a tonne sells for",
    "market": "size of the market",
    "freight": "rates of carriage",
    "plant": "size, power, land and time of a plant",
    "labour": "people",
    "silicon": "silicon in anodes",
    "finance": "cost and life of capital",
}

PROJECT_COST: Words = {
    "capex": "capital cost per t/y of capacity",
    "opex": "operating cost per tonne, without capital",
    "full": "operating and capital cost per tonne",
}

PROJECT_PRODUCT: Words = {
    **products.works(),
    "synthetic": "synthetic graphite anode",
    "natural": "natural graphite anode",
    "mixed": "both",
}

PROJECT_USE: Words = {
    "calibrate": "the cost model was fitted to it",
    "check": "kept aside: the model is only compared with it",
    "context": "neither: not comparable as it stands",
}
