"""Country codes and blocs: which are known, and which one was meant by another word.

A code is one of ISO 3166-1 alpha-2 that the layers of countries have, or XK (Kosovo).
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata

from geodata.geometry import attributes, layer
from geodata.load import table
from geodata.places import country_names

# ISO 3166-1 alpha-3, and the code of two letters that goes with it.
_ALPHA3 = """
ABW:AW AFG:AF AGO:AO AIA:AI ALA:AX ALB:AL AND:AD ARE:AE ARG:AR ARM:AM ASM:AS ATA:AQ ATF:TF
ATG:AG AUS:AU AUT:AT AZE:AZ BDI:BI BEL:BE BEN:BJ BES:BQ BFA:BF BGD:BD BGR:BG BHR:BH BHS:BS
BIH:BA BLM:BL BLR:BY BLZ:BZ BMU:BM BOL:BO BRA:BR BRB:BB BRN:BN BTN:BT BVT:BV BWA:BW CAF:CF
CAN:CA CCK:CC CHE:CH CHL:CL CHN:CN CIV:CI CMR:CM COD:CD COG:CG COK:CK COL:CO COM:KM CPV:CV
CRI:CR CUB:CU CUW:CW CXR:CX CYM:KY CYP:CY CZE:CZ DEU:DE DJI:DJ DMA:DM DNK:DK DOM:DO DZA:DZ
ECU:EC EGY:EG ERI:ER ESH:EH ESP:ES EST:EE ETH:ET FIN:FI FJI:FJ FLK:FK FRA:FR FRO:FO FSM:FM
GAB:GA GBR:GB GEO:GE GGY:GG GHA:GH GIB:GI GIN:GN GLP:GP GMB:GM GNB:GW GNQ:GQ GRC:GR GRD:GD
GRL:GL GTM:GT GUF:GF GUM:GU GUY:GY HKG:HK HMD:HM HND:HN HRV:HR HTI:HT HUN:HU IDN:ID IMN:IM
IND:IN IOT:IO IRL:IE IRN:IR IRQ:IQ ISL:IS ISR:IL ITA:IT JAM:JM JEY:JE JOR:JO JPN:JP KAZ:KZ
KEN:KE KGZ:KG KHM:KH KIR:KI KNA:KN KOR:KR KWT:KW LAO:LA LBN:LB LBR:LR LBY:LY LCA:LC LIE:LI
LKA:LK LSO:LS LTU:LT LUX:LU LVA:LV MAC:MO MAF:MF MAR:MA MCO:MC MDA:MD MDG:MG MDV:MV MEX:MX
MHL:MH MKD:MK MLI:ML MLT:MT MMR:MM MNE:ME MNG:MN MNP:MP MOZ:MZ MRT:MR MSR:MS MTQ:MQ MUS:MU
MWI:MW MYS:MY MYT:YT NAM:NA NCL:NC NER:NE NFK:NF NGA:NG NIC:NI NIU:NU NLD:NL NOR:NO NPL:NP
NRU:NR NZL:NZ OMN:OM PAK:PK PAN:PA PCN:PN PER:PE PHL:PH PLW:PW PNG:PG POL:PL PRI:PR PRK:KP
PRT:PT PRY:PY PSE:PS PYF:PF QAT:QA REU:RE ROU:RO RUS:RU RWA:RW SAU:SA SDN:SD SEN:SN SGP:SG
SGS:GS SHN:SH SJM:SJ SLB:SB SLE:SL SLV:SV SMR:SM SOM:SO SPM:PM SRB:RS SSD:SS STP:ST SUR:SR
SVK:SK SVN:SI SWE:SE SWZ:SZ SXM:SX SYC:SC SYR:SY TCA:TC TCD:TD TGO:TG THA:TH TJK:TJ TKL:TK
TKM:TM TLS:TL TON:TO TTO:TT TUN:TN TUR:TR TUV:TV TWN:TW TZA:TZ UGA:UG UKR:UA UMI:UM URY:UY
USA:US UZB:UZ VAT:VA VCT:VC VEN:VE VGB:VG VIR:VI VNM:VN VUT:VU WLF:WF WSM:WS YEM:YE ZAF:ZA
ZMB:ZM ZWE:ZW
"""
# Codes of sport, vehicles, the European Commission and habit; those of ISO 3166-1 go before.
_HABIT = """
UK:GB EL:GR SU:RU EN:GB JA:JP KO:KR CS:CZ
ALG:DZ BUL:BG CHI:CL CRO:HR DEN:DK GER:DE GRE:GR INA:ID KSA:SA LAT:LV MAS:MY NED:NL NGR:NG PHI:PH
POR:PT ROM:RO RSA:ZA SIN:SG SLO:SI SRI:LK SUI:CH TAN:TZ TPE:TW UAE:AE VIE:VN ENG:GB SCO:GB WAL:GB
"""
# Land that the layers count with another country.
PART_OF = {
    "AX": "FI", "BQ": "NL", "BV": "NO", "CC": "AU", "CX": "AU", "GF": "FR", "GP": "FR", "MQ": "FR",
    "RE": "FR", "SJ": "NO", "YT": "FR",
}  # fmt: skip
# Names beside those of the layers of countries and their names, without accents.
_NAMES = {
    "america": "US", "britain": "GB", "burma": "MM", "czech republic": "CZ",
    "democratic republic of the congo": "CD", "east timor": "TL", "emirates": "AE", "england": "GB",
    "great britain": "GB", "hellas": "GR", "holland": "NL", "ivory coast": "CI", "korea": "KR",
    "macau": "MO", "macedonia": "MK", "nippon": "JP", "prc": "CN", "republic of korea": "KR",
    "russian federation": "RU", "saudi": "SA", "scotland": "GB", "slovak republic": "SK",
    "swaziland": "SZ", "turkey": "TR", "united states of america": "US", "wales": "GB",
}  # fmt: skip
_BLOCS = {
    "association of southeast asian nations": "ASEAN", "european economic area": "EEA",
    "european free trade association": "EFTA", "european union": "EU", "europe": "EU",
    "eu27": "EU", "gulf cooperation council": "GCC", "nafta": "USMCA",
}  # fmt: skip
# Parts of the world in the words of the trade, by subregion of the United Nations (M49).
REGIONS = {
    "europe": ("Northern Europe", "Western Europe", "Southern Europe", "Eastern Europe"),
    "north_america": ("Northern America", "Central America", "Caribbean"),
    "south_america": ("South America",),
    "africa": (
        "Northern Africa", "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa",
    ),
    "middle_east": ("Western Asia",),
    "central_asia": ("Central Asia",),
    "south_asia": ("Southern Asia",),
    "south_east_asia": ("South-Eastern Asia",),
    "east_asia": ("Eastern Asia",),
    "oceania": ("Australia and New Zealand", "Melanesia", "Micronesia", "Polynesia"),
}  # fmt: skip
WORLD = "world"
_CLOSE = 0.75  # of difflib: Germny is Germany
_SUBDIVISION = re.compile(r"([A-Z]{2})[-_]?[A-Z0-9]*[-_0-9][A-Z0-9_]*")  # DE-BY, SE2, DE_LU


@functools.cache
def countries() -> frozenset[str]:
    """Return every country code that the layers know."""
    return frozenset(attributes("countries")["country"])


@functools.cache
def blocs() -> frozenset[str]:
    """Return every bloc and alliance of the catalogue, such as EU and ASEAN."""
    return frozenset(table("country_groups")["group"])


def country_of(word: object) -> str:
    """Return the code that a code or name of a country stands for, "" for none or a mistaken code.

    Codes of three letters and usual names stand for their country; UK and EL are no codes.
    """
    text = str(word).strip()
    known = countries() | PART_OF.keys()
    if len(text) == 2 and text.isascii() and text.upper() not in known:  # noqa: PLR2004 - alpha-2
        return ""
    return _meant(_folded(text))


def country_hint(word: str) -> str:
    """Return the hint for a word that is no known country code."""
    meant = country_meant(word)
    if word in PART_OF:
        return f"did you mean {meant}? {word} is counted with it"
    if meant:
        return f"did you mean {meant}?"
    return "use a code of ISO 3166-1, two letters, as DE"


def place_hint(word: str, parts: bool = False) -> str:
    """Return the hint for a word that is no country and no bloc.

    Parameters
    ----------
    word : str
    parts : bool
        Whether a part of the world, one of `REGIONS` or `WORLD`, may be there too.
    """
    folded = _folded(word)
    others = {name.casefold().replace("_", " "): name for name in blocs()} | _BLOCS
    if parts:
        others |= {name.replace("_", " "): name for name in (*REGIONS, WORLD)}
    if folded in others:
        return f"did you mean {others[folded]}?"
    if country_meant(word):
        return country_hint(word)
    near = _near(folded, others)
    if near:
        return f"did you mean {others[near]}?"
    further = f"; or a part of the world: {', '.join((*REGIONS, WORLD))}" if parts else ""
    return f"{country_hint(word)}; or a bloc, as EU{further}"


def country_meant(word: str) -> str:
    """Return the code of the country that a word stands for or comes near to, "" for none."""
    folded = _folded(word)
    for key in (folded, folded.replace(" ", "")):
        if _meant(key):
            return _meant(key)
    inside = _SUBDIVISION.fullmatch(word.strip().upper())
    if inside and inside[1] in countries():
        return inside[1]
    words = _foreign() | _words()
    near = _near(folded, words)
    return words[near] if near else ""


def _meant(folded: str) -> str:
    return _words().get(folded) or _foreign().get(folded, "")


@functools.cache
def _words() -> dict[str, str]:
    """Return folded codes and names of countries with the code that each stands for."""
    pairs = dict(pair.split(":") for pair in f"{_HABIT}{_ALPHA3}".split())
    codes = {**pairs, **PART_OF, **{code: code for code in countries()}}
    known = {word.casefold(): PART_OF.get(code, code) for word, code in codes.items()}
    names = {_folded(name): code for code, name in country_names().items()}
    words = {**_NAMES, **names, **known}
    return {word: code for word, code in words.items() if code in countries()}


@functools.cache
def foreign_names() -> dict[str, str]:
    """Return names of countries in other languages and scripts, each that of one country alone."""
    rows = layer("country_names")
    folded = rows["name"].map(_folded)
    alone = rows["country"].groupby(folded).transform("nunique").eq(1)
    return dict(zip(rows["name"][alone], rows["country"][alone], strict=True))


@functools.cache
def called() -> dict[str, tuple[str, ...]]:
    """Return all that each country is called: its own name, its codes, then every other name.

    A name that two countries share is that of both, so that whoever searches sees both.
    """
    names: dict[str, list[str]] = {code: [name] for code, name in country_names().items()}
    for word, code in _words().items():
        names[code].append(word)
    rows = layer("country_names")
    for code, name in zip(rows["country"], rows["name"], strict=True):
        names[code].append(name)
    return {code: tuple(_distinct(own)) for code, own in names.items()}


def _distinct(names: list[str]) -> list[str]:
    """Return names of which none is another one in other letters; the first of each stays."""
    folded: dict[str, str] = {}
    for name in names:
        folded.setdefault(_folded(name), name)
    return list(folded.values())


@functools.cache
def _foreign() -> dict[str, str]:
    return {_folded(name): code for name, code in foreign_names().items()}


def _folded(word: str) -> str:
    """Return a word in small letters without accents, marks and a leading article."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare).strip().casefold().removeprefix("the ")


def _near(folded: str, known: dict[str, str]) -> str:
    """Return the name, of four letters or more, that a word comes near to; "" for none."""
    names = [name for name in known if len(name) > 3]  # noqa: PLR2004 - codes are no names
    return next(iter(difflib.get_close_matches(folded[:60], names, n=1, cutoff=_CLOSE)), "")
