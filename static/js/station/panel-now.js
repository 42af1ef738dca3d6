/**
 * The finish panel as a value: as things stand now, or from the list alone. Pure.
 *
 * @typedef {import("../shared/types.d.ts").Panel} Panel
 * @typedef {import("./state.js").State} State
 */

/**
 * Return the finish panel of a running row, as far as the list tells it: the server is away.
 *
 * @param {import("../shared/types.d.ts").Row} row
 * @param {State["about"]["people"]} people
 * @returns {Panel}
 */
export function panelOf(row, people) {
  return {
    ...row,
    remaining: Math.max(0, row.arrived - row.good - row.scrap - row.rework),
    more_will_come: row.previous !== null && row.arrived < row.quantity,
    crew: row.crew.map((badge) => ({ badge, name: people[badge] ?? badge })),
    may_join: null,
  };
}

/**
 * Return the finish panel as things stand: others may have reported, somebody may have signed in.
 *
 * @param {State} state
 * @returns {Panel | null}
 */
export function panelNow({ opened, shown, operator, about }) {
  if (!opened) {
    return null;
  }
  const { panel } = opened;
  const row = shown?.rows.find((one) => one.operation === panel.operation);
  const now = row
    ? { arrived: row.arrived, good: row.good, scrap: row.scrap, rework: row.rework }
    : {};
  const merged = { ...panel, ...now };
  const crew = row
    ? row.crew.map((badge) => ({ badge, name: about.people[badge] ?? badge }))
    : panel.crew;
  const inCrew = crew.some((member) => member.badge === operator?.badge);
  return {
    ...merged,
    remaining: Math.max(0, merged.arrived - merged.good - merged.scrap - merged.rework),
    crew,
    may_join: operator && !inCrew ? { badge: operator.badge, name: operator.name } : null,
  };
}
