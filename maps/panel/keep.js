// Take a setting away: a link to copy, a file to plan with.
async function copyLink() {
  remember();
  const link = window.location.href.replace(/#.*$/, "") + mark();
  try {
    await navigator.clipboard.writeText(link);
    $("said").textContent = flash($("copy"), "Copied");
  } catch (error) { // not allowed here: show it, chosen, to be copied by hand
    $("link").hidden = false;
    $("link").value = link;
    $("link").select();
  }
}

function saveSetting() {
  const file = new Blob([fileOf(turn.setting)], { type: "application/json" }), link = el("a");
  link.href = URL.createObjectURL(file);
  link.download = `${data.study.replace(/[^\w-]+/g, "-") || "study"}-setting.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  flash($("save"), "Saved");
}

function flash(node, words) {
  const before = node.dataset.words || node.textContent;
  node.dataset.words = before;
  node.textContent = words;
  setTimeout(() => { node.textContent = before; }, 1500);
  return words;
}

// The setting of an address, over the study's own; parts that cannot be read are named and left.
function settingIn(parameters) {
  const faults = [], next = laidOver(VIEWS[0], changesIn(parameters), faults);
  if (!faults.length) return next;
  $("said").textContent = `The link holds ${plural(faults.length, "part")} that cannot be read; the study's own weights are shown.`;
  $("happened").textContent = $("said").textContent;
  return copied(VIEWS[0]);
}

function buildKeep() {
  if (!live) return;
  $("copy").addEventListener("click", copyLink);
  $("save").addEventListener("click", saveSetting);
  $("comparing").addEventListener("click", () => ($("compare").hidden ? openCompare() : closeCompare()));
  $("link").addEventListener("blur", () => { $("link").hidden = true; });
}
