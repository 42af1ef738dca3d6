/** The finish panel: count, confirm, done; or pause, join, leave, finish short. */

import { html } from "htm/preact";
import { useEffect, useState } from "preact/hooks";
import { quantityWords } from "../shared/answers.js";
import { t } from "../shared/text.js";
import { entered, firstCount, following, keyed, outcome } from "./count.js";
import { Counter, KINDS, Reasons, Sum } from "./counter.js";
import { Icon } from "./icon.js";
import { Numpad } from "./numpad.js";
import { Crew, Other } from "./panel-other.js";
import { spaced } from "./why.js";

/**
 * @typedef {import("../shared/types.d.ts").Panel} PanelData
 * @typedef {import("./count.js").Kind} Kind
 * @typedef {import("./count.js").Count} Count
 * @typedef {import("./state.js").State} State
 * @typedef {import("./station.js").Station} Station
 */

const KIND_NAMES = /** @type {Kind[]} */ (["good", "scrap", "rework"]);

/**
 * Return the report of a count; what is zero is not said.
 *
 * @param {PanelData} panel
 * @param {Count} count
 * @param {string | null} badge
 */
function reportOf(panel, { good, scrap, rework, scrap_reason, rework_reason }, badge) {
  return {
    operation: panel.operation,
    verb: /** @type {const} */ ("quantity"),
    good,
    ...(scrap ? { scrap, scrap_reason } : {}),
    ...(rework ? { rework, rework_reason } : {}),
    ...(badge ? { badge } : {}),
  };
}

/**
 * Return what the big button says: what will happen.
 *
 * @param {Count} count
 * @param {import("./count.js").Outcome} doing
 */
function confirmWords(count, { does, wants, total, left }) {
  const pieces = quantityWords(count);
  if (wants) {
    return wants === "scrap" ? t("Choose why it is scrap") : t("Choose why it needs rework");
  }
  switch (does) {
    case "nothing":
      return t("Enter what was made");
    case "finish":
      return t("Finish: %(pieces)s", { pieces });
    case "over":
      return t("Report %(pieces)s: %(over)s too many", { pieces, over: -left });
    default:
      return t("Report %(pieces)s, keep running", {
        pieces: total === count.good ? total : pieces,
      });
  }
}

/** @param {{panel: PanelData, close: () => void, children: any}} props */
function Head({ panel, close, children }) {
  return html`
    <header class="sheet-head">
      <div>
        <h2>${panel.part}<small>${t("rev %(revision)s", panel)}</small></h2>
        <p><b>${spaced(panel.operation)}</b> ${panel.title} · ${panel.description}</p>
      </div>
      ${children}
      <button class="button" type="button" onClick=${close}>
        <${Icon} name="close" /><span>${t("Close")}</span>
      </button>
    </header>`;
}

/** @param {{panel: PanelData, state: State, station: Station}} props */
export function Panel({ panel, state, station }) {
  const [count, setCount] = useState(() => firstCount(panel));
  const [kind, setKind] = useState(/** @type {Kind} */ ("good"));
  const [fresh, setFresh] = useState(true);
  const [who, setWho] = useState(/** @type {string | null} */ (null));
  const { remaining } = panel;
  useEffect(() => setCount((before) => following(before, remaining)), [remaining]);
  const doing = outcome(count, panel);
  const enter = (/** @type {Kind} */ of, /** @type {number} */ pieces) => {
    setKind(of);
    setFresh(false);
    setCount((before) => entered(before, of, pieces, remaining));
  };
  const choose = (/** @type {Kind} */ chosen) => {
    setKind(chosen);
    setFresh(true);
  };
  const press = (/** @type {string} */ key) => enter(kind, keyed(count[kind], key, fresh));
  const confirm = () => {
    if (doing.wants) {
      choose(doing.wants);
    } else if (doing.does !== "nothing") {
      station.report(reportOf(panel, count, who));
    }
  };
  const because = (/** @type {string} */ reason) =>
    setCount((before) => ({ ...before, [`${kind}_reason`]: reason }));
  return html`
    <section class="sheet panel" role="dialog" aria-label=${t("Count")} data-operation=${panel.operation}>
      <${Head} panel=${panel} close=${() => station.closePanel()}>
        ${
          panel.crew.length > 1 &&
          !state.operator &&
          html`<${Crew} crew=${panel.crew} who=${who} setWho=${setWho} />`
        }
      </${Head}>
      <div class="counters">
        ${KIND_NAMES.map(
          (of) => html`<${Counter} key=${of} kind=${of} value=${count[of]} chosen=${of === kind}
            reason=${of === "good" ? "" : count[`${of}_reason`]} choose=${() => choose(of)}
            enter=${(/** @type {number} */ pieces) => enter(of, pieces)} />`,
        )}
      </div>
      <div class="beside">
        <${Sum} count=${count} remaining=${remaining} arrived=${panel.arrived} outcome=${doing}
          more=${panel.more_will_come} />
        ${
          kind !== "good" &&
          html`<${Reasons} kind=${kind} title=${t("%(kind)s: why?", { kind: KINDS[kind]() })}
            wanted=${doing.wants === kind} reasons=${state.about.reasons[kind]}
            chosen=${count[`${kind}_reason`]} choose=${because} />`
        }
      </div>
      <${Numpad} press=${press} />
      <div class="acts">
        <${Other} panel=${panel} count=${count} doing=${doing} state=${state} station=${station}
          who=${who} report=${reportOf(panel, count, who)} />
        <button class="button primary confirm" type="button" onClick=${confirm}
          data-does=${doing.wants ? "wants" : doing.does}
          aria-disabled=${doing.does === "nothing"}>
          <${Icon} name=${doing.does === "finish" && !doing.wants ? "ok" : "next"} />
          <span>${confirmWords(count, doing)}</span>
        </button>
      </div>
    </section>`;
}
