// The same question at other moments. Choosing one opens the page there anew: the site and the
// weights stand in the address and come along.
function goTo(at) {
  window.history.replaceState(null, "", mark(at));
  window.location.reload();
}

function buildMoments() {
  if (!moments.length) return;
  const choice = $("moment");
  add(choice, ...moments.map(({ at, label }) => {
    const option = el("option", "", label);
    option.value = at;
    option.selected = at === moment;
    return option;
  }));
  choice.addEventListener("change", () => goTo(Number(choice.value)));
  $("when").hidden = false;
}
