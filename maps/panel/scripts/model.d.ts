// What the scripts hand to each other.
import type {
  Constants,
  CostRow,
  CriterionRow,
  CustomerRow,
  EstateRow,
  LandFigure,
  PolicyRow,
  PriceConstants,
  Weights,
} from "./payload.js";

/** Latitude and longitude, degrees. */
export type Place = [number, number];
/** South-west and north-east corner. */
export type Box = [Place, Place];
/** Left, top, right, bottom in pixels of the map. */
export type Rectangle = [number, number, number, number];
export type Row = { lat: number; lon: number };
export type Pixel = { x: number; y: number };
export type Shape = "disc" | "square" | "diamond" | "cross";

/** A lens and what weighs how much, in the words of a study. */
export interface Setting {
  lens: string;
  weights: Weights;
}

/** What is laid over a setting; anything may stand in it, as it may come from an address. */
export interface Changes {
  lens?: string;
  weights?: Record<string, unknown>;
}

export interface Geography {
  count: number;
  lat: Float64Array;
  lon: Float64Array;
  country: string[];
}

/** The places as columns, with what is known of them whatever the weights. */
export interface Bench extends Geography, Constants {
  criteria: string[];
  estate: Uint8Array;
  known: Int32Array[];
  near: Int32Array[];
  crowd: Int32Array;
  weight: Float64Array;
  pays_from: Float32Array;
  values: Record<string, Float64Array>;
  raw: Record<string, Float32Array>;
  imputed: (at: number, i: number) => boolean;
  random?: { normal: Float64Array; log: Float64Array };
}

/** What a price moves: of each place, and of each of its customers in turn. */
export interface Ledger extends PriceConstants {
  delivered: Float64Array;
  drift: Float32Array;
  deviation: Float32Array;
  slope: Float64Array;
  base: Float64Array;
  many: Uint16Array;
  customer: Uint16Array;
  share: Float32Array;
  served: Float64Array;
  open: Float64Array;
  contested: { many: Uint16Array; customer: Uint16Array; delivered: Float32Array };
}

/** What places earn at a price outside China (USD/t), and the chance that a tonne pays. */
export interface Money {
  price: number;
  margin: Float64Array;
  pays: Float64Array;
  served: Float64Array;
}

export interface Member {
  own: Int32Array;
  head: number;
  scouted: boolean;
  share: number;
}

/** Siting zones in their order; `zone` gives each place the number of its own, 0 for none. */
export interface Zones {
  zone: Int32Array;
  zones: Member[];
  heads: number[];
  share: number[];
  scouted: boolean[];
}

/** Everything that a setting says of the places. */
export interface Found extends Zones {
  setting: Setting;
  leaves: Record<string, number>;
  score: Float64Array;
  p: Float64Array;
  order: Uint32Array;
  rank: Uint32Array;
  percentile: Float64Array;
  countries: Map<string, number>;
}

/** Of each zone: share of the draws in which it is first, and among the first ten; its band. */
export interface Chances {
  heads: number[];
  first: Float64Array;
  ten: Float64Array;
  low: number[];
  high: number[];
}

/** The setting in force and what it says. */
export interface Turn {
  setting: Setting;
  found: Found;
  own: Found;
  chance: Chances | null;
  moved: boolean;
  money: Money;
  /** Whether the price is another than the plan's. */
  priced: boolean;
}

export type Estate = Omit<EstateRow, "site"> & { index?: number };

/** A site as list, badges and dossier show it. */
export interface Site {
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
  /** Position in the list, null outside it. */
  at: number | null;
  rank: number | null;
  /** Row among the places of the page. */
  index: number;
  /** Whether the plan holds its cost, customers and laws. */
  planned: boolean;
  plan: Partial<Site> | null;
  /** What the plan says of its money at the price of the day. */
  today: Partial<Site> | null;
  before: number;
  zone: number;
  zone_name: string;
  scouted: boolean;
  share: number;
  share_low: number | null;
  share_high: number | null;
  country_share: number;
  percentile: number;
  p_first: number | null;
  p_top10: number | null;
  /** Logarithms, of each pillar, against the median place. */
  odds: number[];
  pays: number | null;
  pays_from: number | null;
  pays_after_tax_from?: number | null;
  margin: number | null;
  low: number | null;
  high: number | null;
  known: number;
  total: number;
  levels: Map<string, string>;
  criteria: Omit<CriterionRow, "site">[];
  costs: CostRow[];
  customers: CustomerRow[];
  policies: PolicyRow[];
  runners_up: Estate[];
}

/** What is known of an estate; `own` where the user's file says so. */
export interface Fact {
  name: string;
  text: string;
  own: boolean;
}

/** A row that a figure is read from. */
export interface Source {
  what: string;
  value: string;
  as_of: string;
  period: string;
  confidence: string;
  source: string;
}

/** A zone without a known estate. */
export interface Unscouted extends Row {
  site_id: string;
  name: string;
  country: string;
  share: number;
  scouted?: boolean;
  zone_name?: string;
}

export interface ZoneShape {
  name: string;
  rank: number;
  sites: number;
  hull: Place[];
}

/** How a mark of a place is drawn. */
export interface Look {
  shape?: Shape;
  radius: number;
  color: string;
  weight: number;
  fill?: boolean;
  fillColor?: string;
  fillOpacity?: number;
  casing?: boolean;
  dashArray?: string;
}

/** A measured figure with what it is at each place, NaN where unknown. */
export type Measured = Omit<LandFigure, "line"> & { values: Float32Array };

/** All places of the study as columns, to colour the land by. */
export interface LandPlaces {
  count: number;
  countries: string[];
  /** On the unit square of Web Mercator. */
  x: Float32Array;
  y: Float32Array;
  /** Group of places that share what is kept once, and the country of each group. */
  area: Uint16Array;
  country: Uint16Array;
  flags: Uint8Array;
  /** Of the hexagon of a place: km, radians. */
  edge: Float32Array;
  turn: Float32Array;
  /** Row of each place that the page ranks, -1 for none. */
  listed: Int32Array;
  excluded: { x: Float32Array; y: Float32Array };
  once: Record<string, Float32Array>;
  fine: Record<string, { low: number; step: number; codes: Uint8Array }>;
  figures: Measured[];
}
