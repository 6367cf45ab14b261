// Every request of the page. The key of the session goes with each; a server that does not answer
// is asked again until it does.

/** @import { Fault, Json, Run, Session } from "./types.js" */
import { language, tag, translated } from "./choice.js";
import { gone, state } from "./state.js";

const KEPT = "siting-session";
export const AGAIN_MS = 2000;
let asking = 0;

/** A request that the server refused, or did not answer (status 0). */
export class Refused extends Error {
  /** @param {number} status @param {Fault[]} faults @param {any} body */
  constructor(status, faults, body) {
    super(faults.map((fault) => fault.sentence).join("\n"));
    this.status = status;
    this.faults = faults;
    this.body = body;
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {BodyInit | null} body
 * @param {Record<string, string>} headers
 */
async function send(method, path, body, headers) {
  const all = { "Accept-Language": tag, ...headers };
  try {
    const response = await fetch(path, { method, body, headers: all, cache: "no-store" });
    answers();
    return response;
  } catch {
    lost();
    throw new Refused(0, [], null);
  }
}

/** @param {Response} response */
async function read(response) {
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  if (response.status === 401) expire();
  throw new Refused(response.status, body?.faults ?? [], body);
}

/**
 * @param {string} method
 * @param {string} path below /api
 * @param {unknown} [content] sent as JSON, a file as it is
 */
export async function ask(method, path, content) {
  const raw = content instanceof Blob;
  const type = raw ? "application/octet-stream" : "application/json";
  const body = content === undefined ? null : raw ? content : JSON.stringify(content);
  return read(
    await send(method, `/api${path}`, body, {
      "X-Siting-Key": state.key,
      "Content-Type": type,
    }),
  );
}

/** The words of the language of the page; English needs none. */
export const askWords = async () =>
  translated ? read(await send("GET", `/words.${language}.json`, null, {})) : {};

/** @param {string} name */
export const part = (name) => encodeURIComponent(name);

/** The server does not answer: say so, and look until it does. */
function lost() {
  if (!state.gone) {
    state.gone = true;
    gone.tell();
  }
  clearTimeout(asking);
  if (state.key) asking = setTimeout(() => ask("GET", "/folder").catch(() => {}), AGAIN_MS);
}

function answers() {
  if (!state.gone) return;
  clearTimeout(asking);
  state.gone = false;
  gone.tell();
}

/** The server was started anew and does not know this session. */
function expire() {
  if (state.expired) return;
  state.expired = true;
  sessionStorage.removeItem(KEPT);
  gone.tell();
}

/** @param {Session} session */
function take(session) {
  const { key, read_only, folder, version } = session;
  Object.assign(state, { key, readOnly: read_only, folderName: folder, version, expired: false });
}

/** Open a session with the key of the address, or go on with the one of this tab. */
export async function openSession() {
  const link = location.hash.slice(1);
  if (!link) {
    const kept = sessionStorage.getItem(KEPT);
    if (kept) take(JSON.parse(kept));
    return Boolean(kept);
  }
  const response = await send("POST", "/api/session", null, { "X-Siting-Key": link });
  history.replaceState(null, "", location.pathname + location.search);
  const session = await read(response);
  sessionStorage.setItem(KEPT, JSON.stringify(session));
  take(session);
  gone.tell();
  return true;
}

/**
 * Tell each state of a run until it ends; a stream that breaks is taken up again.
 * @param {string} id
 * @param {(run: Run) => void} tell
 */
export async function follow(id, tell) {
  for (;;) {
    try {
      if (await stream(id, tell)) return;
    } catch (error) {
      if (error instanceof Refused && error.status) return; // there is no such run
    }
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

/** @param {string} id @param {(run: Run) => void} tell @returns {Promise<boolean>} whether it ended */
async function stream(id, tell) {
  const response = await send("GET", `/api/runs/${part(id)}/events`, null, {
    "X-Siting-Key": state.key,
  });
  if (!response.ok || !response.body) return read(response);
  const lines = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let ended = false;
  for (;;) {
    const { done, value } = await lines.read();
    if (done) return ended;
    const events = (text + value).split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      /** @type {Run} */
      const run = JSON.parse(event.replace(/^data: /, ""));
      ended = run.state !== "running";
      tell(run);
    }
  }
}

/** What the server said of a request, in sentences; none where it did not answer. @param {unknown} error */
export function sentences(error) {
  if (!(error instanceof Refused)) throw error;
  return error.faults.map((fault) => fault.sentence);
}

/** @param {Json} value */
export const copied = (value) => structuredClone(value);
