/* Makes the tables of the site sortable and filterable. Without this script they are complete and in order. */
(function () {
  "use strict";

  var collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  if (window.Tablesort) {
    /* one order for ids (A.5.2 before A.5.10), numbers, ISO dates and words */
    Tablesort.extend("natural", function () { return true; }, function (a, b) { return collator.compare(b, a); });
  }

  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) { made.append(child); });
    return made;
  }

  function cellText(row, column) {
    return row.cells[column] ? row.cells[column].textContent.trim() : "";
  }

  /* columns whose cells are marks of a few kinds can be chosen from */
  function choices(rows, column) {
    var found = new Set();
    for (var i = 0; i < rows.length; i++) {
      var cell = rows[i].cells[column];
      if (!cell) { continue; }
      var chip = cell.querySelector(".isms-chip");
      if (!chip && cell.textContent.trim() && cell.dataset.choice === undefined) { return null; }
      found.add(chip ? chip.textContent : "");
      if (found.size > 10) { return null; }
    }
    found.delete("");
    return found.size > 1 ? Array.from(found).sort(collator.compare) : null;
  }

  function enhance(box) {
    var table = box.querySelector("table");
    /* rows of this one are shown and hidden with those of the table above it */
    if (!table || table.dataset.enhanced || !table.tHead || box.classList.contains("isms-table--reasons")) { return; }
    table.dataset.enhanced = "true";
    var rows = Array.from(table.tBodies[0].rows);
    if (rows.length < 2) { return; }
    if (window.Tablesort) { new Tablesort(table); }
    if (rows.length < 6) { return; }

    var headings = Array.from(table.tHead.rows[0].cells).map(function (cell) { return cell.textContent.trim(); });
    var words = element("input", { type: "search", placeholder: "Filter", "aria-label": "Filter rows by words" });
    var count = element("span", { class: "isms-filter__count", "aria-live": "polite" });
    var selects = [];
    headings.forEach(function (heading, column) {
      var values = choices(rows, column);
      if (!values) { return; }
      var select = element("select", { "aria-label": heading, "data-column": column }, [new Option(heading + ": all", "")]);
      values.forEach(function (value) { select.append(new Option(value, value)); });
      selects.push(select);
    });
    box.prepend(element("div", { class: "isms-filter" }, [words].concat(selects, [count])));

    var companions = rows.map(function (row) { return row.id ? document.getElementById("why-" + row.id) : null; });
    var texts = rows.map(function (row, index) {
      return (row.textContent + " " + (companions[index] ? companions[index].textContent : "")).toLowerCase();
    });
    function apply() {
      var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, index) {
        var fits = wanted.every(function (word) { return texts[index].includes(word); }) &&
          selects.every(function (select) {
            if (!select.value) { return true; }
            var chip = row.cells[select.dataset.column].querySelector(".isms-chip");
            return (chip ? chip.textContent : cellText(row, select.dataset.column)) === select.value;
          });
        row.hidden = !fits;
        if (companions[index]) { companions[index].hidden = !fits; }
        shown += fits ? 1 : 0;
      });
      count.textContent = shown + " of " + rows.length;
    }

    /* the filter stands in the address, so that a filtered table can be sent to somebody */
    function remember() {
      var query = new URLSearchParams(location.search);
      query.delete("filter");
      if (words.value) { query.set("filter", words.value); }
      selects.forEach(function (select) {
        var key = headings[select.dataset.column].toLowerCase();
        query.delete(key);
        if (select.value) { query.set(key, select.value); }
      });
      var text = query.toString();
      history.replaceState(history.state, "", location.pathname + (text ? "?" + text : "") + location.hash);
    }

    var query = new URLSearchParams(location.search);
    words.value = query.get("filter") || "";
    selects.forEach(function (select) { select.value = query.get(headings[select.dataset.column].toLowerCase()) || ""; });
    [words].concat(selects).forEach(function (control) {
      control.addEventListener("input", function () { apply(); remember(); });
    });
    apply();
  }

  /* a register of several pages is searched as a whole; its rows are loaded when somebody wants to */
  var MOST = 50;
  function findable(place) {
    if (place.dataset.enhanced) { return; }
    place.dataset.enhanced = "true";
    var source = place.querySelector("a").href;
    var pager = place.parentElement.querySelector(".isms-pages") || document.querySelector(".isms-pages");
    var pages = Array.from(pager.children).map(function (item) { return item.href || location.pathname; });
    var words = element("input", { type: "search", placeholder: "Find in all " + place.dataset.total, "aria-label": "Find rows on all pages" });
    var count = element("span", { class: "isms-filter__count", "aria-live": "polite" });
    var hits = element("ul", { class: "isms-find__hits" });
    place.after(element("div", { class: "isms-filter" }, [words, count]), hits);
    var rows = null;
    function show() {
      var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      hits.replaceChildren();
      count.textContent = "";
      if (!wanted.length || !rows) { return; }
      var found = 0;
      rows.forEach(function (row, position) {
        if (!wanted.every(function (word) { return row.text.includes(word); })) { return; }
        found += 1;
        if (found > MOST) { return; }
        var link = element("a", { href: pages[Math.floor(position / place.dataset.size)] + "#" + encodeURIComponent(row.id) }, [row.id]);
        hits.append(element("li", {}, [link, " " + row.words]));
      });
      count.textContent = found + " of " + rows.length + (found > MOST ? ", the first " + MOST + " are shown" : "");
    }
    function load() {
      words.removeEventListener("focus", load);
      var script = element("script", { src: source });
      script.onload = function () {
        rows = window.ismsRows.map(function (row) {
          return { id: row[0], words: row[1], text: (row[0] + " " + row[1]).toLowerCase() };
        });
        show();
      };
      document.head.append(script);
    }
    words.addEventListener("focus", load);
    words.addEventListener("input", show);
  }

  function start() {
    document.querySelectorAll(".isms-table").forEach(enhance);
    document.querySelectorAll(".isms-find").forEach(findable);
  }

  if (window.document$) {
    window.document$.subscribe(start);
  } else if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
