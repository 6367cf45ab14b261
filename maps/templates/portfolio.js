"use strict";
// Turns the map to a year or to one plant; every text that it shows is already in the page.
(() => {
  const year = document.getElementById("year");
  if (!year) return;
  const only = document.getElementById("only");
  const words = [...document.querySelectorAll("#words li")];
  const said = document.getElementById("said");
  const before = Number(year.dataset.before); // years of the charts before the first of the map
  const all = Number(year.dataset.all);
  const marks = [...document.querySelectorAll(".flow, .plant")].map((node) => ({
    node,
    plant: node.dataset.plant,
    wide: listed(node.dataset.wide),
    open: listed(node.dataset.open),
    ring: listed(node.dataset.ring),
  }));
  function listed(text) {
    return text ? text.split(" ").map(Number) : [];
  }
  function shown(node, yes) {
    if (yes) node.removeAttribute("display");
    else node.setAttribute("display", "none");
  }
  function draw() {
    const at = Number(year.value);
    const chosen = only.value;
    for (const { node, plant, wide, open, ring } of marks) {
      const own = !chosen || chosen === plant;
      if (wide.length) {
        shown(node, own && wide[at] > 0);
        node.setAttribute("stroke-width", wide[at]);
      } else {
        shown(node, open[at] > 0 || ring[at] > 0);
        node.setAttribute("opacity", own ? 1 : 0.35);
        node.querySelector(".open").setAttribute("r", open[at]);
        node.querySelector(".ring").setAttribute("r", ring[at]);
      }
    }
    for (const band of document.querySelectorAll(".now")) {
      const step = Number(band.dataset.step);
      const years = at === words.length - 1 ? all - before - at : 1;
      band.setAttribute("x", Number(band.dataset.left) + step * (before + at));
      band.setAttribute("width", step * years);
      shown(band, true);
    }
    said.textContent = words[at].textContent;
    year.setAttribute("aria-valuetext", words[at].dataset.name);
  }
  document.getElementById("turn").hidden = false;
  year.addEventListener("input", draw);
  only.addEventListener("change", draw);
  draw();
})();
