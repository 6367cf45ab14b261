// What the server of the studio answers (siting/studio), and what the page makes of it.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Values = { [key: string]: Json };
export type Path = (string | number)[];

export interface Fault {
  where: string;
  what: string;
  hint: string | null;
  row: number | null;
  column: string | null;
  value: string | null;
  sentence: string;
}
export interface Session {
  key: string;
  read_only: boolean;
  folder: string;
  version: string;
}
export interface Card {
  name: string;
  question: string;
  lens: string;
  investor: string;
  as_of: string;
  modified: string;
  etag: string;
  draft: boolean;
  result: {
    folder: string;
    first: { name: string; country: string; share: number } | null;
    made: number;
    stale: boolean;
  } | null;
}
export interface Folder {
  studies: Card[];
  presets: { name: string; question: string }[];
  files: { name: string; bytes: number; kind: string }[];
  runs: Run[];
  removed: string[];
  extras: { pdf: boolean; slides: boolean };
}
export interface Criterion {
  key: string;
  words: string;
  unit: string;
  weight: number;
  share: number;
}
export interface Pillar {
  pillar: string;
  words: string;
  weight: number;
  criteria: Criterion[];
}
export interface Tree {
  lens: string;
  pillars: Pillar[];
}
export interface Checked {
  text: string;
  values: Values;
  faults: Fault[];
  weights: Tree | null;
}
export interface Version {
  id: string;
  saved: string;
  changed: string[];
  size: number;
}
export interface Study extends Checked {
  name: string;
  etag: string;
  draft: { text: string; saved: string } | null;
  versions: Version[];
}
export interface FileSize {
  name: string;
  bytes: number;
}
export interface Stage {
  name: string;
  done: number | null;
  total: number | null;
  seconds: number | null;
}
export interface Run {
  id: string;
  command: "plan" | "compare" | "sweep" | "portfolio";
  study: string;
  other: string;
  grid: string;
  started: string;
  state: "running" | "done" | "failed" | "cancelled" | "lost";
  seconds: number;
  stages: Stage[];
  faults: string[];
  folder: string;
  files: FileSize[];
  summary: Values | null;
}
export interface Listed {
  columns: string[];
  rows: Json[][];
  points: { row: number; name: string; lat: number; lon: number }[];
  notes: string[];
  faults: Fault[];
  total: number;
  etag: string;
}
export interface Place {
  name: string;
  country: string;
  lat: number;
  lon: number;
}
export interface View {
  base: string;
  files: FileSize[];
}
export interface Triple {
  left: string;
  middle: string;
  right: string;
  judged: number;
  implied: number;
}
export interface Judged extends Checked {
  groups: {
    pillar: string;
    weights: { [item: string]: number };
    comparison: {
      consistency_ratio: number | null;
      consistent: boolean;
      worst: Triple | null;
    } | null;
  }[];
}
export interface Difference {
  changed: string[];
  lines: { kind: string; text: string }[];
}

/** The part of JSON Schema that a study uses. */
export interface Schema {
  type?: string;
  title?: string;
  description?: string;
  default?: Json;
  enum?: string[];
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
  properties?: { [key: string]: Schema };
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  required?: string[];
  anyOf?: Schema[];
  $ref?: string;
  $defs?: { [name: string]: Schema };
  "x-groups"?: { title: string; keys: string[] }[];
}

/** A key of the study as it stands in the form. */
export interface Field {
  node: HTMLElement;
  /** What is focused when a fault leads here. */
  target: () => HTMLElement;
  set: (value: Json | undefined) => void;
  /** Words of its faults, beside it. */
  blame: (words: string[]) => void;
}
export interface Spec {
  path: Path;
  schema: Schema;
  label: string;
  unit: string;
}
export type Make = (spec: Spec) => Field;

/** The study that is open. */
export interface Doc {
  name: string;
  text: string;
  /** As the file has it, and its hash. */
  kept: string;
  etag: string;
  values: Values;
  faults: Fault[];
  weights: Tree | null;
  versions: Version[];
  /** When the draft was kept (ms), 0 for not yet. */
  drafted: number;
  /** When it was saved or opened (ms). */
  saved: number;
  busy: boolean;
}
