/**
 * What the desk's pages are given: the JSON a view passes as `page`, and what the wire carries.
 *
 * Days are ISO dates, moments ISO 8601 in UTC, operations `WO100245/010`; see docs/protocol.md.
 *
 * @typedef {object} Check
 * @property {string} name
 * @property {boolean} passed
 * @property {string} code
 * @property {Record<string, any>} details
 *
 * @typedef {object} OrderHead
 * @property {string} order
 * @property {string} part
 * @property {string} revision
 * @property {string} description
 * @property {number} quantity
 * @property {string} due
 * @property {string} planned_release
 * @property {number} priority
 * @property {boolean} hot
 * @property {string} state
 * @property {string | null} hold
 *
 * @typedef {OrderHead & {operations: number, days_late: number, checks: Check[]}} DueOrder
 * @typedef {{orders: DueOrder[], total: number}} ReleasePage
 *
 * @typedef {object} Refused
 * @property {string} order
 * @property {string} code
 * @property {Record<string, any>} details
 * @property {string} text
 *
 * @typedef {{released: string[], refused: Refused[], jobs: number[]}} Released
 *
 * @typedef {object} Box
 * @property {string} at
 * @property {number} unsent
 * @property {string | null} oldest_at
 * @property {{name: string, listens: boolean}[]} devices
 * @property {string} version
 * @property {number} clock_ahead_s
 * @property {number} clock_unsure_s
 *
 * @typedef {object} StationLine
 * @property {Box | null} box How the box beside its scanner last said that it is.
 * @property {string} station
 * @property {string} work_center
 * @property {boolean} connected
 * @property {string | null} contact_at
 * @property {number} seen_version
 * @property {string | null} seen_at
 * @property {string | null} enrolled_at
 * @property {number} version The current version of its work center's list.
 *
 * @typedef {object} Load
 * @property {string} work_center
 * @property {string} description
 * @property {string} department
 * @property {number} version
 * @property {number} running
 * @property {number} ready
 * @property {number} waiting
 * @property {StationLine[]} stations
 *
 * @typedef {{lists: Load[]}} ListsPage
 *
 * @typedef {import("../shared/types.d.ts").Placement} Placement
 * @typedef {import("../shared/types.d.ts").Row} Row
 * @typedef {import("../shared/types.d.ts").List} List
 * @typedef {import("../shared/types.d.ts").ListDelta} ListDelta
 *
 * @typedef {object} ListPage
 * @property {string} work_center
 * @property {string} description
 * @property {string} department
 * @property {number} frozen
 * @property {number} rev
 * @property {number} version
 * @property {number} feed
 * @property {Row[]} rows
 * @property {StationLine[]} stations
 * @property {Record<string, string>} people
 *
 * @typedef {object} Proposal
 * @property {number} version
 * @property {string} rule
 * @property {string[]} before
 * @property {string[]} after
 * @property {string[]} moved
 *
 * @typedef {{by: string, at: string, rule: string, moved: string[]}} Resequence
 *
 * @typedef {object} OrderStep
 * @property {number} number
 * @property {string} work_center
 * @property {string[]} alternates
 * @property {string} description
 * @property {string} state
 * @property {number} arrived
 * @property {number} good
 * @property {number} scrap
 * @property {number} rework
 * @property {number} setup_minutes
 * @property {number} run_minutes
 * @property {string[]} crew
 * @property {string | null} started_at
 * @property {string | null} completed_at
 *
 * @typedef {object} SheetLine
 * @property {string} serial
 * @property {string} kind
 * @property {number} print_number
 * @property {string} reason
 * @property {string} issued_at
 * @property {string} issued_by
 * @property {string | null} superseded_at
 * @property {string} superseded_why
 * @property {string | null} replaced_by
 *
 * @typedef {object} Entry A line of the journal: `kind` is the event's class, `event` its fields.
 * @property {number} rev
 * @property {string} at
 * @property {{account: string | null, station: string | null, badge: string | null}} actor
 * @property {string} kind
 * @property {Record<string, any>} event
 *
 * @typedef {OrderHead & {released_at: string | null, operations: OrderStep[], sheets: SheetLine[],
 *   history: Entry[], people: Record<string, string>}} OrderPage
 *
 * @typedef {OrderHead & {operations: OrderStep[]}} FoundOrder
 * @typedef {{q: string, orders: FoundOrder[], people: Record<string, string>}} OrdersPage
 *
 * @typedef {object} PrintJob
 * @property {number} job
 * @property {string} kind
 * @property {string} title
 * @property {string} state queued, rendering, ready or failed
 * @property {string} queued_at
 * @property {string} queued_by
 * @property {string} error
 * @property {string[]} serials
 *
 * @typedef {{jobs: PrintJob[], badges: {badge: string, name: string}[], stations: string[],
 *   work_centers: string[]}} PaperPage
 *
 * @typedef {Entry & {flags: string[], operation: string | null}} Flagged
 * @typedef {{flagged: Flagged[], people: Record<string, string>}} FlagsPage
 *
 * @typedef {{stations: StationLine[], work_centers: string[], address: string}} StationsPage
 *
 * @typedef {{name: string, display_name: string, role: string, active: boolean}} Account
 * @typedef {{accounts: Account[]}} AccountsPage
 *
 * @typedef {{file: string, row: number | null, column: string, value: string, expected: string,
 *   text: string}} FileError
 *
 * @typedef {object} ImportReport
 * @property {boolean} dry_run
 * @property {string[]} created
 * @property {{order: string, changed: string[]}[]} updated
 * @property {string[]} unchanged
 * @property {FileError[]} errors
 * @property {number} counted_errors
 *
 * @typedef {object} Frame What every page of the desk is given as `frame`, beside its own `page`.
 * @property {string} plant
 * @property {string} zone The plant's time zone, such as `Europe/Berlin`.
 * @property {string} now
 * @property {boolean} demo
 * @property {{name: string, display_name: string, role: string, rights: string[]}} account
 * @property {{release: number, flags: number}} counts
 */

export {};
