// What weighs: pillars and criteria by their names, and a setting in words.

/** @import { Weighed } from "./payload.js" */
/** @import { Setting } from "./model.js" */
import { board, data, PILLAR, pillarAt } from "./data.js";
import { tr } from "./language.js";
import { turn } from "./rank.js";
import { same, sharesIn, VIEWS } from "./setting.js";
import { shareText } from "./words.js";

/** @param {string} key */
const criterionOf = (key) => /** @type {Weighed} */ (board.criteria.find((one) => one.key === key));

/**
 * What a share is called, its unit, its colour, and whether it opens.
 * @param {string} pillar empty for a pillar itself
 * @param {string} key
 */
export function partOf(pillar, key) {
  const at = pillarAt(pillar || key);
  const colour = PILLAR[at];
  if (!pillar) return { name: tr(data.pillars[at].name), unit: "", colour, opens: true };
  const { name, unit } = criterionOf(key);
  return { name: tr(name), unit: tr(unit), colour, opens: false };
}

/** The setting in a line, for paper. @param {Setting} setting */
export function wordsOf(setting) {
  const shares = sharesIn(setting, "");
  const view = VIEWS.slice(1).find((one) => same(one, setting));
  const parts = Object.keys(shares)
    .filter((key) => shares[key] > 0)
    .map((key) => `${partOf("", key).name} ${shareText(shares[key])}`);
  const turned = turn.moved
    ? tr("weights turned from the study's own")
    : tr("the study's own weights");
  return tr("{weights} ({shares})", {
    weights: view ? tr(view.name) : turned,
    shares: parts.join(tr(", ")),
  });
}
