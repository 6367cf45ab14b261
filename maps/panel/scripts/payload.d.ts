// What a page is given as JSON, as maps/layers.py, maps/live.py and maps/palette.py write it. One
// field a line and no `extends`: tests/page_types.py reads these and holds the payload to them.

/** A table, column by column. */
export type Table<Row> = { [Key in keyof Row]: Row[Key][] };
/** Rings of polygons as delta-coded lines, see geodata.geometry.basemap. */
export type Polygons = string[][];
/** Words and a colour; null is a hollow mark. */
export type Key = [string, string | null];
/** Pillar -> its weight, and the weights of its criteria within it. */
export type Weights = Record<string, { weight: number; criteria: Record<string, number> }>;

export interface Payload {
  title: string;
  subtitle: string;
  answer: string;
  laws: string;
  study: string;
  as_of: string;
  pillars: Pillar[];
  beyondTheGate: string[];
  odds: number[][];
  tables: Tables;
  surface: Polygons[];
  breaks: number[];
  cells: CellPicture[];
  ground: Ground;
  names: Names;
  nearby: Nearby;
  attributions: string[];
  notes: string[];
  certainty: [number, string][];
  palette: Palette;
  dossiers: Dossiers | null;
  live: Live | null;
  land: Land | null;
  moments?: MomentRow[];
}

/** A further payload, as what it changes of the first; see maps/changes.py. */
export interface Changed {
  rows: number[];
  widths: Record<string, number>;
  changes: [string[], unknown, "whole" | "words" | "same" | "bytes"][];
}

/** A page in another language: words of the scripts, sentences by moment, moments to choose from. */
export interface Spoken {
  words: Record<string, string | string[]>;
  sentences: Sentences[];
  moments: MomentRow[];
}

export interface Sentences {
  title: string;
  subtitle: string;
  answer: string;
  laws: string;
  notes: string[];
  pillars: Pillar[];
}

export interface Pillar {
  key: string;
  name: string;
}

export interface CellPicture {
  png: string;
  bounds: [number, number, number, number];
  from: number;
}

export interface Ground {
  countries: Record<string, Polygons>;
  borders: string[];
  coast: string[];
  labels: [string, number, number, number, number][];
  scored: string[];
}

/** Names of a place stand in one text, its own first, see maps/gazetteer.py. */
export interface Names {
  countries: Record<string, string>;
  towns: Towns;
}

/** What lies near the listed sites, see maps/nearby.py. */
export interface Nearby {
  towns: Points;
  ports: Points;
  terminals: Points;
  stations: Points;
}

/** Sizes are people, or MW. */
export interface Points {
  names: string[];
  sizes: number[];
  places: string;
}

export interface Towns {
  names: string[];
  country: string[];
  places: string;
}

export interface Palette {
  colours: Record<string, string>;
  pillars: string[];
  surface: string[];
  cells: string[];
  cellShares: number[];
  land: string[];
  landShares: number[];
  figure: string[];
  policy: string[];
  policyBreaks: number[];
  status: Record<string, Key>;
  homes: Record<string, Key>;
  cars: Record<string, Key>;
  costs: Record<string, string>;
  themes: Themes;
}

/** What a colour of the style sheet is by day and by night, by its name without dashes. */
export interface Themes {
  light: Record<string, string>;
  dark: Record<string, string>;
}

export interface Tables {
  sites: Table<SiteRow>;
  criteria: Table<CriterionRow>;
  costs: Table<CostRow>;
  customers: Table<CustomerRow>;
  policies: Table<PolicyRow>;
  runners_up: Table<EstateRow>;
  unscouted: Table<UnscoutedRow>;
  countries: Table<CountryRow>;
  barred: Table<BarredRow>;
  gigafactories: Table<GigafactoryRow>;
  automakers: Table<AutomakerRow>;
  rivals: Table<RivalRow>;
  policy_countries: Table<PolicyCountryRow>;
  unranked: Table<UnrankedRow>;
  clusters: Table<ClusterRow>;
  zones: Table<ZoneRow>;
}

export interface SiteRow {
  rank: number;
  site_id: string;
  name: string;
  full_name: string;
  country: string;
  country_name: string;
  region_name: string;
  lat: number;
  lon: number;
  kind: string;
  archetype: string;
  zone: number;
  zone_name: string;
  scouted: boolean;
  share: number;
  country_share: number;
  percentile: number;
  odds: number;
  pays: number | null;
  pays_from: number | null;
  pays_after_tax_from?: number | null;
  margin: number | null;
  known: number;
  total: number;
  low?: number | null;
  high?: number | null;
  p_first?: number | null;
  p_top10?: number | null;
  share_low?: number | null;
  share_high?: number | null;
}

export interface CriterionRow {
  site: number;
  criterion: string;
  pillar: string;
  raw: number | null;
  unit: string;
  value: number | null;
  odds: number;
  imputed: boolean;
  level: string;
}

export interface CostRow {
  site: number;
  part: string;
  usd_per_t: number;
  group: string;
}

export interface CustomerRow {
  site: number;
  name: string;
  country: string;
  lat: number;
  lon: number;
  kt: number | null;
  usd_per_t: number | null;
  km: number | null;
  modes: string;
  duty: number | null;
  parity: number | null;
  margin: number | null;
  source?: number | null;
}

export interface PolicyRow {
  site: number;
  instrument: string;
  effect: string;
  status: string;
  summary: string;
  source?: number | null;
}

export interface EstateRow {
  site: number;
  name: string;
  kind: string;
  km_away: number;
  facts: string;
}

export interface UnscoutedRow {
  site_id: string;
  name: string;
  country: string;
  country_name: string;
  lat: number;
  lon: number;
  share: number;
  sites: number;
}

/** Another moment, or another question: what is asked there, and who leads. */
export interface MomentRow {
  label: string;
  /** The label in English, which says the date in one way. */
  dated?: string;
  what_if: string;
  owner: string;
  switch: "" | "owner" | "law";
  country: string;
  country_name: string;
  /** The name of the site at rank 1. */
  first: string;
}

export interface CountryRow {
  country: string;
  country_name: string;
  share: number;
}

export interface BarredRow {
  name: string;
  country: string;
  country_name: string;
  lat: number;
  lon: number;
  rule: string;
}

export interface GigafactoryRow {
  name: string;
  owner: string;
  owner_hq_country: string;
  country: string;
  lat: number;
  lon: number;
  status: string;
  capacity_gwh: number | null;
  chemistry: string;
  anode_kt: number | null;
}

export interface AutomakerRow {
  name: string;
  owner_group: string;
  country: string;
  lat: number;
  lon: number;
  vehicles: number | null;
  ev_status: string;
}

export interface RivalRow {
  name: string;
  owner: string;
  owner_hq_country: string;
  country: string;
  lat: number;
  lon: number;
  product: string;
  status: string;
  ktpa: number | null;
}

export interface PolicyCountryRow {
  country: string;
  score_hint: number | null;
  in_force: number;
  bars: boolean;
  /** Whether the first instrument decides on the entry of this investor. */
  decides: boolean;
  entry: number | null;
  instruments: string[];
}

export interface ClusterRow {
  name: string;
  lat: number;
  lon: number;
  kt: number;
  gwh: number;
  plants: number;
  radius_km: number;
}

export interface ZoneRow {
  zone: number;
  name: string;
  rank: number;
  hull: string;
  sites: number;
}

/** A column of texts that recur: each once, and which of them is where. */
export interface Packed {
  words: string[];
  at: number[];
}

/** Places beyond the list that have a dossier, and where the figures of all dossiers are from. */
export interface Dossiers {
  places: FurtherPlaces;
  parts: [string, string][];
  powerMwh: number;
  costs: number[][];
  plants: Table<PlantRow>;
  customers: Table<ServedRow>;
  laws: Table<LawRow>;
  bundles: number[][];
  under: number[];
  facts: FactColumns;
  sources: Sources;
}

export interface FurtherPlaces {
  site_id: string[];
  percentile: number[];
  low: (number | null)[];
  high: (number | null)[];
  margin: (number | null)[];
  share: (number | null)[];
  share_low: (number | null)[];
  share_high: (number | null)[];
  p_first: (number | null)[];
  p_top10: (number | null)[];
  archetype: Packed;
}

export interface PlantRow {
  name: string;
  country: string;
  lat: number;
  lon: number;
  kt: number | null;
  parity: number | null;
  source: number | null;
}

export interface ServedRow {
  place: number;
  plant: number;
  usd_per_t: number | null;
  km: number | null;
  modes: string;
  duty: number | null;
  margin: number | null;
}

export interface LawRow {
  instrument: string;
  effect: string;
  status: string;
  summary: string;
  source: number | null;
}

/** Of estates; a place is one of the list, or of those beyond it after the list. */
export interface FactColumns {
  place: number[];
  fact: Packed;
  text: Packed;
  own: boolean[];
}

export interface Sources {
  rows: SourceColumns;
  figures: Record<string, Figure>;
  uses: Record<string, string[]>;
}

export interface SourceColumns {
  what: Packed;
  value: Packed;
  as_of: Packed;
  period: Packed;
  confidence: Packed;
  source: Packed;
}

/** Rows of sources that a figure names, and which of these lists each dossier has. */
export interface Figure {
  lists: number[][];
  at: number[];
}

/** What the page needs to rank by itself. */
export interface Live {
  places: Table<PlaceRow>;
  criteria: Weighed[];
  views: View[];
  constants: Constants;
  own: OwnZones;
  bench: Columns;
  prices: Prices;
}

/** A country of which nothing is ranked, and why. */
export interface UnrankedRow {
  country: string;
  why: string;
}

export interface PlaceRow {
  site_id: string;
  name: string;
  country: string;
  country_name: string;
  region_name: string;
  kind: string;
  area: string;
  facts: string;
}

export interface Weighed {
  key: string;
  name: string;
  unit: string;
  pillar: string;
  median: number;
  inCost: boolean;
}

export interface View {
  name: string;
  kind: string;
  lens: string;
  reasoning: string;
  weights: Weights;
  /** The first zones cut of all places; null where the page cuts its own. */
  cut: ViewCut | null;
}

export interface ViewCut {
  head: number[];
  share: number[];
  scouted: boolean[];
  zone: string;
  countries: Record<string, number>;
}

export interface Constants {
  odds: number;
  total: number;
  zones: number;
  extent_km: number;
  scouted_km: number;
  earth_km: number;
  outline_km: number;
  most_weight: number;
  concentration: number;
  of_ten: number;
  compared: number;
}

/** The zones under the study's own weights: row of the head among the places, share, scouted. */
export interface OwnZones {
  head: number[];
  share: number[];
  scouted: boolean[];
}

/** Columns of numbers as base64 of little-endian values. */
export interface Columns {
  lat: string;
  lon: string;
  estate: string;
  crowd: string;
  weight: string;
  zone: string;
  pays_from: string;
  values: string;
  raw: string;
  imputed: string;
}

/** Money of the places, as far as a price moves it; columns as in `Columns`. */
export interface Prices {
  delivered: string;
  drift: string;
  deviation: string;
  slope: string;
  base: string;
  many: string;
  customer: string;
  share: string;
  served: string;
  open: string;
  contested: Contested;
  constants: PriceConstants;
}

/** Customers of places that a price on the slider decides. */
export interface Contested {
  many: string;
  customer: string;
  delivered: string;
}

export interface PriceConstants {
  today: number;
  least: number;
  chinese: number;
  chinese_day: number;
  follows: boolean;
  graphite: number;
  other: number;
  worst: number;
  best: number;
  served_worst: number;
  served_half: number;
}

/** All places to colour the land by, as maps/land.py writes them; a part is name, kind, count. */
export interface Land {
  count: number;
  countries: string[];
  closed: string[];
  parts: [string, string, number][];
  once: string[];
  fine: Record<string, [number, number]>;
  figures: LandFigure[];
  edge: number;
  turns: number;
  block: string;
}

export interface LandFigure {
  key: string;
  name: string;
  unit: string;
  lowIsGood: boolean;
  ends: [number, number];
  breaks: number[];
  line: [number, number] | null;
}
