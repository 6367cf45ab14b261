// What the land says under the pointer: a line in the legend, so that nothing lies over the map.
import { countryName } from "./data.js";
import { el, write } from "./dom.js";
import { FIGURES, land, measureOf, SCORE, shareBelow } from "./land.js";
import { figureText, unitText } from "./landkey.js";
import { placeAt } from "./landlayer.js";
import { tr } from "./language.js";
import { mapBox } from "./map.js";
import { lowered, percentileText, timesText } from "./words.js";

const HINT = tr("Point at a hexagon for its figures.");
/** Stands under the colours of the land. */
export const here = el("p", "here", HINT);
let waiting = 0;

/** @param {number} i */
function textOf(i) {
  if (!land || i < 0) return HINT;
  const odds = measureOf(SCORE).values[i];
  const figures = FIGURES.map(({ key, name, unit }) => {
    const value = measureOf(key).values[i];
    const text = Number.isNaN(value) ? tr("unknown") : figureText(value, unit);
    return `${lowered(tr(name))} ${text} ${unitText(unit)}`.trim();
  });
  return tr(
    "{country}: {times} the odds of the median place, better than {share} of the places; {figures}",
    {
      country: countryName(land.countries[land.country[land.area[i]]]),
      times: timesText(odds),
      share: percentileText(shareBelow(odds)),
      figures: figures.join(tr(", ")),
    },
  );
}

export function followPointer() {
  mapBox().addEventListener("pointermove", ({ clientX, clientY, pointerType }) => {
    if (waiting || pointerType === "touch") return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      const box = mapBox().getBoundingClientRect();
      write(here, textOf(placeAt(clientX - box.left, clientY - box.top)));
    });
  });
}
