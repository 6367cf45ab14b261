// What places earn at a price outside China: the planner's own formula (siting/money/landed.py,
// cost.py) on what it knows of them. Pure, like the engine.

/** @import { Prices } from "./payload.js" */
/** @import { Ledger, Money } from "./model.js" */
import { decoded } from "./engine.js";
import { normal } from "./normal.js";

/**
 * @param {Prices} prices
 * @returns {Ledger}
 */
export function openLedger(prices) {
  return {
    ...prices.constants,
    delivered: decoded(prices.delivered, Float64Array),
    drift: decoded(prices.drift, Float32Array),
    deviation: decoded(prices.deviation, Float32Array),
    slope: decoded(prices.slope, Float64Array),
    base: decoded(prices.base, Float64Array),
    many: decoded(prices.many, Uint16Array),
    customer: decoded(prices.customer, Uint16Array),
    share: decoded(prices.share, Float32Array),
    served: decoded(prices.served, Float64Array),
    open: decoded(prices.open, Float64Array),
    contested: {
      many: decoded(prices.contested.many, Uint16Array),
      customer: decoded(prices.contested.customer, Uint16Array),
      delivered: decoded(prices.contested.delivered, Float32Array),
    },
  };
}

/** The Chinese export price beside a price outside China. @param {Ledger} ledger @param {number} price */
export function chineseAt({ today, chinese, chinese_day: day, follows }, price) {
  return price === today || !follows ? chinese : Math.min(day, price);
}

/** What is paid for a tonne where nothing Chinese is dearer. @param {Ledger} ledger @param {number} price */
export const paidAt = ({ graphite, other }, price) => price * graphite + other;

/**
 * @param {Ledger} ledger
 * @param {number} price outside China, USD/t
 * @returns {Money}
 */
export function moneyAt(ledger, price) {
  const { delivered, drift, deviation, slope, base, many, customer, share } = ledger;
  const chinese = paidAt(ledger, chineseAt(ledger, price));
  const paid = paidAt(ledger, price);
  const gate = base.map((own, i) => Math.max(paid, own + slope[i] * chinese));
  const margin = new Float64Array(delivered.length);
  const pays = new Float64Array(delivered.length);
  let at = 0;
  for (let j = 0; j < margin.length; j += 1) {
    let mean = 0;
    for (const end = at + many[j]; at < end; at += 1) mean += share[at] * gate[customer[at]];
    margin[j] = mean - delivered[j];
    pays[j] = normal((margin[j] - drift[j]) / deviation[j]);
  }
  return { price, margin, pays, served: servedAt(ledger, chinese) };
}

/** Demand that each place serves below the landed Chinese tonne (kt/y). @param {Ledger} ledger @param {number} chinese */
function servedAt({ served, open, slope, base, contested }, chinese) {
  const { many, customer, delivered } = contested;
  const gate = Float32Array.from(base, (own, i) => own + slope[i] * chinese); // as the planner has it
  const made = Float64Array.from(served);
  let at = 0;
  for (let j = 0; j < made.length; j += 1) {
    for (const end = at + many[j]; at < end; at += 1) {
      if (gate[customer[at]] >= delivered[at]) made[j] += open[customer[at]];
    }
  }
  return made;
}

/** The value of demand served, as a criterion. @param {Ledger} ledger @param {number} kt */
export function worthOfServed({ served_worst: worst, served_half: half }, kt) {
  const gain = Math.max(kt - worst, 0);
  return gain / (gain + half);
}

/** The value of a margin, as a criterion. @param {Ledger} ledger @param {number} margin */
export const worthOf = ({ worst, best }, margin) =>
  Math.min(1, Math.max(0, (margin - worst) / (best - worst)));
