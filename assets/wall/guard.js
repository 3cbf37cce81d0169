// Stands in the document itself: where the wall's files could not be loaded, tries again as soon as the server is there.
(function look() {
  setTimeout(function () {
    if (document.documentElement.dataset.alive) return;
    fetch(location.href, { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(
      function (text) { if (text.indexOf("data-version=") > 0) location.reload(); else look(); }, look);
  }, 30000 + Math.random() * 30000);
})();
