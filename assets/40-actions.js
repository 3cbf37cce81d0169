// Copying the link or a letter, saving a figure as PNG, printing, closing menus. Listens on the document: pages come and go.
(function () {
  "use strict";

  function copy(button) {
    const words = button.textContent;
    navigator.clipboard.writeText(button.dataset.teks || window.location.href).then(function () {
      button.textContent = button.dataset.salin;
      window.setTimeout(function () { button.textContent = words; }, 2000);
    });
  }

  // The image is the figure in the light palette on white, with title, source, date and seal in it.
  function savePng(button) {
    const graph = document.querySelector("#" + button.dataset.png + " .js-plotly-plot");
    const card = graph.closest(".pt-card");
    const note = graph.closest("[data-note]").dataset.note;
    const title = card.querySelector("h2").textContent;
    const sub = card.querySelector(".pt-sub").textContent;
    const layout = JSON.parse(JSON.stringify(graph.layout));
    Object.assign(layout, { width: 1120, height: 560, autosize: false, paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff" });
    layout.title = {
      text: "<b>" + title + "</b><br><span style='font-size:14px;color:#566579'>" + sub + "</span>",
      x: 0, xref: "container", xanchor: "left", pad: { l: 24 }, y: 0.95, yanchor: "top", font: { size: 20, color: "#15202f" },
    };
    layout.margin = Object.assign({}, layout.margin, { t: 100, b: 104 });
    const foot = wrap(note, 165);
    layout.annotations = (layout.annotations || []).concat([{
      text: foot, x: 0, xref: "paper", y: 0, yref: "paper", yshift: -70, xanchor: "left", yanchor: "middle",
      showarrow: false, align: "left", font: { size: 12, color: "#566579" },
    }]);
    window.Plotly.downloadImage(
      { data: graph.data, layout: layout, config: { staticPlot: true, locale: "id" } },
      { format: "png", width: 1120, height: 560, scale: 2, filename: button.dataset.nama }
    );
  }

  function wrap(words, width) {
    const lines = [""];
    words.split(" ").forEach(function (word) {
      if ((lines[lines.length - 1] + " " + word).length > width) { lines.push(""); }
      lines[lines.length - 1] = (lines[lines.length - 1] + " " + word).trim();
    });
    return lines.join("<br>");
  }

  // On paper a figure cannot follow the width of its card in time: give it one that fits A4 and F4, then free it.
  function fitPaper(size) {
    document.querySelectorAll(".pt-graph-wide .js-plotly-plot").forEach(function (graph) { window.Plotly.relayout(graph, size); });
  }
  window.addEventListener("beforeprint", function () { fitPaper({ width: 620 }); });
  window.addEventListener("afterprint", function () { fitPaper({ width: null, autosize: true }); });

  document.addEventListener("click", function (event) {
    const target = event.target.closest ? event.target : event.target.parentElement;
    const copying = target.closest("[data-salin]");
    const png = target.closest("[data-png]");
    if (copying) { copy(copying); }
    if (png) { savePng(png); }
    document.querySelectorAll(".pt-menu[open]").forEach(function (menu) {
      if (!menu.contains(target) || png || target.closest(".pt-menu a")) { menu.open = false; }
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll(".pt-menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
