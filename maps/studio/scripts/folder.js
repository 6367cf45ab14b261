// What is in the folder: read when the page opens, after each change, and as runs end.

/** @import { Card, Run } from "./types.js" */
import { ask, follow } from "./api.js";
import { foldered, gone, ran, state } from "./state.js";

/** @type {Set<string>} */
const followed = new Set();

export async function readFolder() {
  state.folder = await ask("GET", "/folder");
  for (const run of state.folder?.runs ?? []) {
    state.runs.set(run.id, run);
    if (run.state === "running") watch(run);
  }
  foldered.tell();
  ask("GET", "/faults").then(
    (faults) => {
      state.faults = faults;
      foldered.tell();
    },
    () => {},
  );
}

/** Follow a run until it ends. @param {Run} run */
export function watch(run) {
  state.runs.set(run.id, run);
  ran.tell(run);
  if (followed.has(run.id)) return;
  followed.add(run.id);
  follow(run.id, (now) => {
    state.runs.set(now.id, now);
    ran.tell(now);
    if (now.state !== "running") readFolder().catch(() => {});
  });
}

/** @returns {Run[]} newest first */
export const runs = () => [...state.runs.values()].sort((a, b) => (a.id < b.id ? 1 : -1));

/** @param {string} name @returns {Card | undefined} */
export const cardOf = (name) => state.folder?.studies.find((card) => card.name === name);

gone.follow(() => {
  if (!state.gone && !state.expired && state.key) readFolder().catch(() => {});
});
