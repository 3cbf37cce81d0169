// The search of the header: a combobox over the indicators named in data-pilihan. "/" comes here from anywhere.
(function () {
  "use strict";
  const SHOWN = 8;
  const KEPT = ["wilayah", "tema", "lang", "per"];
  const of = function (id) { return document.getElementById(id); };
  let at = -1;

  // Every word must occur; names that begin with what was typed come first.
  function matches(typed) {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const late = function ([, ...names]) {
      const texts = names.map(function (name) { return name.toLowerCase(); });
      return [texts.some(function (text) { return text.startsWith(words[0]); }), texts.some(function (text) { return text.includes(" " + words[0]); })].indexOf(true) >>> 0;
    };
    return JSON.parse(of("cari-kotak").dataset.pilihan).filter(function (each) {
      const text = each.join(" ").toLowerCase();
      return words.length && words.every(function (word) { return text.includes(word); });
    }).sort(function (one, other) { return late(one) - late(other) || one[1].localeCompare(other[1]); });
  }

  function option([id, name, short], place) {
    const item = document.createElement("li");
    item.append(name);
    if (short !== name) { item.append(Object.assign(document.createElement("small"), { textContent: short })); }
    Object.assign(item, { id: "cari-" + place, role: "option", ariaSelected: String(place === at) });
    item.dataset.indikator = id;
    return item;
  }

  function draw(found) {
    const input = of("cari"), words = of("cari-kotak").dataset, said = of("cari-kata");
    const none = found.length === 0 && document.activeElement === input && input.value.trim() !== "";
    of("cari-hasil").replaceChildren(...found.slice(0, SHOWN).map(option));
    of("cari-hasil").hidden = found.length === 0;
    said.textContent = none ? words.kosong : found.length ? words.jumlah.replace("#", found.length) : "";
    said.className = none ? "pt-search-none" : "visually-hidden";
    Object.assign(input, { role: "combobox", ariaExpanded: String(found.length > 0), ariaAutoComplete: "list" });
    input.setAttribute("aria-controls", "cari-hasil");
    if (at < 0) { input.removeAttribute("aria-activedescendant"); } else { input.setAttribute("aria-activedescendant", "cari-" + at); }
  }

  function go(item) {
    const asked = new URLSearchParams(window.location.search);
    const kept = new URLSearchParams([...asked].filter(function ([name]) { return KEPT.includes(name); }));
    window.location.assign("/indikator/" + encodeURIComponent(item.dataset.indikator) + (kept.size ? "?" + kept : ""));
  }

  function press(event) {
    const items = of("cari-hasil").children, count = items.length;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && count) { go(items[Math.max(at, 0)]); }
    if (event.key === "Escape") { at = -1; draw([]); }
    if (way && count) {
      event.preventDefault();
      at = at < 0 && way < 0 ? count - 1 : (at + way + count) % count;
      draw(matches(of("cari").value));
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.target.id === "cari") { press(event); }
    else if (event.key === "/" && of("cari") && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      event.preventDefault();
      of("cari").select();
    }
  });
  ["input", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (event.target.id === "cari") { at = -1; draw(matches(event.target.value)); }
    });
  });
  document.addEventListener("focusout", function (event) { if (event.target.id === "cari") { at = -1; draw([]); } });
  document.addEventListener("mousedown", function (event) {
    const item = event.target.closest && event.target.closest("#cari-hasil [data-indikator]");
    if (item) { event.preventDefault(); go(item); }
  });
})();
