// Unpack what the page was given, then put it together: its modules read the data as they load.
import { unpack } from "./payloads.js";
import { languageNow, translatePage } from "./reader.js";

unpack(languageNow()).then(
  () => {
    translatePage(languageNow());
    return import("./start.js");
  },
  () => {
    const note = document.createElement("p");
    note.className = "noscript";
    note.textContent = "This map needs a browser of 2023 or later: the data could not be unpacked.";
    document.body.append(note);
  },
);
