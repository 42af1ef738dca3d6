/** What docs/protocol.md puts on the wire. Moments are ISO 8601 in UTC, days ISO dates. */

export type Details = Record<string, unknown>;
export type Verdict = "ok" | "look" | "refused" | "call";
export type OperationState = "waiting" | "ready" | "running" | "suspended";

export interface Placement {
  by: string;
  at: string;
  rule: string;
}

export interface Row {
  operation: string;
  work_center: string;
  part: string;
  revision: string;
  /** What is made. */
  title: string;
  /** What is done. */
  description: string;
  state: OperationState;
  due: string;
  priority: number;
  hot: boolean;
  hold: string | null;
  quantity: number;
  arrived: number;
  good: number;
  scrap: number;
  rework: number;
  setup_minutes: number;
  run_minutes: number;
  crew: string[];
  started_at: string | null;
  /** The work center where the parts come from. */
  previous: string | null;
  next: string | null;
  rank: number | null;
  placed: Placement | null;
}

export interface List {
  work_center: string;
  version: number;
  feed: number;
  rows: Row[];
}

export interface ListDelta extends List {
  gone: string[];
  order: string[] | null;
  moved: string[];
  placed: Placement | null;
}

export interface SignedIn {
  badge: string;
  name: string;
  until: string;
}

export interface CrewMember {
  badge: string;
  name: string;
}

export interface Panel {
  operation: string;
  part: string;
  revision: string;
  title: string;
  description: string;
  quantity: number;
  arrived: number;
  good: number;
  scrap: number;
  rework: number;
  remaining: number;
  more_will_come: boolean;
  crew: CrewMember[];
  may_join: CrewMember | null;
}

export interface Answer {
  id: string;
  verdict: Verdict;
  code: string;
  /** What was read, as a person would say it. */
  number: string;
  details: Details;
  flags: string[];
  may_insist: boolean;
  panel: Panel | null;
  undo_until: string | null;
  operator: SignedIn | null;
}

/** The answer to another device of the station, with what it read where this screen may insist. */
export interface Overheard extends Answer {
  scan?: { text: string; typed: boolean };
}

export interface Reasons {
  scrap: string[];
  rework: string[];
  pause: string[];
}

export interface Snapshot extends List {
  station: string;
  description: string;
  now: string;
  rev: number;
  operator: SignedIn | null;
  people: Record<string, string>;
  reasons: Reasons;
  plant: string;
  demo: boolean;
  undo_seconds: number;
  badge_seconds: number;
}

export interface Notice {
  code: string;
  details: Details;
}

export interface Scan {
  id: string;
  text: string;
  typed?: boolean;
  insists?: boolean;
  operator?: string;
  at?: string;
}

export type Verb = "quantity" | "pause" | "join" | "leave";

export interface Report {
  id: string;
  operation: string;
  verb: Verb;
  good?: number;
  scrap?: number;
  rework?: number;
  scrap_reason?: string;
  rework_reason?: string;
  pause_reason?: string;
  badge?: string;
  closes_short?: boolean;
  insists?: boolean;
  operator?: string;
  at?: string;
}
