/* The auditor's work sheet: keeps what is written in this browser, and exports it. Nothing is fetched and nothing is sent. */
(function () {
  "use strict";

  var form = document.querySelector("form.isms-sheet");
  if (!form) { return; }
  var files = window.ismsSheetFiles, HEAD = files.head, TEXTS = files.texts, NONE = files.none, lines = files.lines;
  var about = {
    schema: form.dataset.schema, organization: form.dataset.organization, commit: form.dataset.commit,
    profile: form.dataset.profile, as_of: form.dataset.asOf
  };
  var KEY = Object.values(about).join(" ");
  var rows = Array.from(form.querySelectorAll("tr[data-subject]"));
  var byId = new Map(rows.map(function (row) { return [row.dataset.subject, row]; }));
  var grades = Array.from(form.querySelectorAll(".isms-sheet__counts b")).map(function (place) { return place.dataset.count; });

  function find(selector) { return form.querySelector(selector); }
  function field(row, name) { return row.querySelector('[name="' + name + '"]'); }

  /* What stands in the form */

  function gradeOf(row) {
    var chosen = row.querySelector('input[type="radio"]:checked');
    return chosen ? chosen.value : NONE;
  }

  function itemOf(row) {
    var item = { id: row.dataset.subject, title: row.cells[0].lastChild.textContent.trim(), grade: gradeOf(row) };
    TEXTS.forEach(function (name) { item[name] = field(row, name).value; });
    return item;
  }

  function touched(item) {
    return item.grade !== NONE || TEXTS.some(function (name) { return item[name].trim(); });
  }

  function sheet(everything) {
    var made = { items: rows.map(itemOf).filter(function (item) { return everything || touched(item); }) };
    HEAD.forEach(function (name) { made[name] = find('[name="' + name + '"]').value; });
    return made;
  }

  function empty(made) {
    return !made.items.length && !HEAD.some(function (name) { return made[name]; });
  }

  function fill(row, item) {
    row.querySelectorAll('input[type="radio"]').forEach(function (radio) { radio.checked = radio.value === ((item && item.grade) || NONE); });
    TEXTS.forEach(function (name) { field(row, name).value = (item && item[name]) || ""; });
    shape(row);
  }

  function show(made) {
    HEAD.forEach(function (name) { find('[name="' + name + '"]').value = made[name] || ""; });
    var items = new Map(made.items.map(function (item) { return [item.id, item]; }));
    rows.forEach(function (row) { fill(row, items.get(row.dataset.subject)); });
    count();
  }

  /* Boxes are as high as their text, on paper too, where a box cannot scroll */

  var GROWS = window.CSS && CSS.supports("field-sizing", "content");

  function shape(row) {
    row.querySelectorAll("textarea").forEach(function (box) {
      var paper = box.nextElementSibling;
      if (!paper) {
        paper = document.createElement("span");
        paper.className = "isms-sheet__paper";
        paper.setAttribute("aria-hidden", "true");
        box.after(paper);
      }
      paper.textContent = box.value;
      if (GROWS) { return; }
      box.style.height = "";
      if (box.value && box.scrollHeight > box.clientHeight) { box.style.height = box.scrollHeight + 2 + "px"; }
    });
  }

  /* an empty day prints as an empty box */
  function markDays() {
    form.querySelectorAll('input[type="date"]').forEach(function (day) { day.classList.toggle("isms-sheet__filled", Boolean(day.value)); });
  }

  function count() {
    var found = {};
    rows.forEach(function (row) {
      var grade = gradeOf(row);
      found[grade] = (found[grade] || 0) + 1;
      row.dataset.grade = grade;
    });
    form.querySelectorAll(".isms-sheet__counts b").forEach(function (place) { place.textContent = found[place.dataset.count] || 0; });
  }

  /* Kept in the browser */

  var told = find(".isms-sheet__told"), warned = find(".isms-sheet__warned");
  var kept = true, changed = false, waiting = null;

  function warn(text) {
    warned.textContent = text;
    warned.hidden = !text;
  }

  function keep() {
    clearTimeout(waiting);
    waiting = null;
    var made = sheet();
    try {
      if (empty(made)) { localStorage.removeItem(KEY); } else { localStorage.setItem(KEY, JSON.stringify(made)); }
      if (!kept) { warn(""); }
      kept = true;
      told.textContent = empty(made) ? "" : "Saved in this browser: " + made.items.length + (made.items.length === 1 ? " entry" : " entries");
    } catch (error) {
      kept = false;
      told.textContent = "";
      warn("This browser keeps nothing here, as in a private window or with storage turned off. Export the sheet before you close it.");
    }
  }

  function keepSoon() {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 300);
  }

  function recall() {
    var text;
    try {
      localStorage.setItem(KEY + " test", "");
      localStorage.removeItem(KEY + " test");
      text = localStorage.getItem(KEY);
    } catch (error) {
      keep();
      return;
    }
    try {
      if (text) { show(JSON.parse(text)); }
    } catch (error) {
      warn("What this browser had kept cannot be read any more. Go on with a file that you exported.");
    }
  }

  /* Files */

  function hand(text, type, ending) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: type }));
    link.download = ["work-sheet", about.profile, about.as_of].filter(Boolean).join("-") + ending;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    changed = false;
    told.textContent = "Exported: " + link.download;
  }

  function sameItem(one, other) {
    return one.grade === other.grade && TEXTS.every(function (name) { return lines(one[name]).join("\n") === lines(other[name]).join("\n"); });
  }

  function takeOver(made) {
    var other = ["commit", "profile", "as_of"].filter(function (name) { return (made[name] || "") !== about[name]; });
    if (other.length && !confirm("The file was written on another sheet: its " + other.join(", ") + " is not that of this one. Go on all the same?")) { return; }
    var known = made.items.filter(function (item) { return byId.has(item.id); });
    var unknown = made.items.filter(function (item) { return !byId.has(item.id); }).map(function (item) { return item.id; });
    var replaced = known.filter(function (item) {
      var here = itemOf(byId.get(item.id));
      return touched(here) && !sameItem(here, item);
    }).map(function (item) { return item.id; });
    if (replaced.length && !confirm("The file says something else than this sheet about " + replaced.join(", ") + ". Take what the file says?")) { return; }
    HEAD.forEach(function (name) { if (made[name]) { find('[name="' + name + '"]').value = made[name]; } });
    known.forEach(function (item) { fill(byId.get(item.id), item); });
    count();
    apply();
    changed = true;
    keep();
    told.textContent = "Taken over from the file: " + known.length + (known.length === 1 ? " entry" : " entries");
    if (kept) { warn(unknown.length ? "Not on this sheet, and so left out: " + unknown.join(", ") + "." : ""); }
  }

  function open(file) {
    var reader = new FileReader();
    reader.onload = function () {
      try { takeOver(files.read(reader.result, about.schema, grades)); } catch (error) { warn(error.message); }
    };
    reader.onerror = function () { warn("The file cannot be read."); };
    reader.readAsText(file);
  }

  /* Filter: words of the row and of what was written into it, and the grade */

  var wordsBox = find('[name="words"]'), wanted = find('[name="wanted"]');
  function fixed(row) { return (row.cells[0].textContent + " " + row.cells[1].textContent).toLowerCase(); }
  var texts = new Map(rows.map(function (row) { return [row, fixed(row)]; }));

  function apply() {
    var looked = wordsBox.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0, appeared = [];
    rows.forEach(function (row) {
      var item = itemOf(row);
      var text = texts.get(row) + " " + TEXTS.map(function (name) { return item[name]; }).join(" ").toLowerCase();
      var fits = looked.every(function (word) { return text.includes(word); }) && (!wanted.value || item.grade === wanted.value);
      if (row.hidden && fits) { appeared.push(row); }
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    Array.from(form.querySelectorAll(".isms-group")).forEach(function (heading) {
      heading.hidden = !Array.from(heading.parentElement.rows).some(function (row) { return row !== heading && !row.hidden; });
    });
    find(".isms-filter__count").textContent = shown + " of " + rows.length;
    appeared.forEach(shape);
  }

  /* What the page does */

  form.addEventListener("input", function (event) {
    if (event.target === wordsBox || event.target === wanted) { apply(); return; }
    if (event.target.type === "file") { return; }
    var row = event.target.closest("tr");
    if (row) { shape(row); }
    if (event.target.type === "radio") { count(); }
    keepSoon();
  });
  form.addEventListener("change", function (event) {
    if (event.target.type !== "file" || !event.target.files.length) { return; }
    open(event.target.files[0]);
    event.target.value = "";
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    if (button.dataset.do === "yaml") { hand(files.yaml(about, sheet()), "application/yaml", ".yml"); }
    if (button.dataset.do === "csv") { hand(files.csv(about, sheet(true)), "text/csv", ".csv"); }
    if (button.dataset.do === "print") { window.print(); }
    if (button.dataset.do === "clear" && confirm("Take everything off this sheet that was written on it? It cannot be brought back without an exported file.")) {
      show({ items: [] });
      apply();
      keep();
      changed = false;
      told.textContent = "The sheet is empty.";
    }
  });
  window.addEventListener("beforeprint", markDays);
  window.addEventListener("pagehide", function () { if (waiting) { keep(); } });
  window.addEventListener("beforeunload", function (event) {
    if (waiting) { keep(); }
    if (!kept && changed) { event.preventDefault(); }
  });
  /* the same sheet in another tab */
  window.addEventListener("storage", function (event) {
    if (event.key !== KEY || waiting) { return; }
    show(event.newValue ? JSON.parse(event.newValue) : { items: [] });
    apply();
  });

  var header = document.querySelector(".md-header");
  if (header) { form.style.setProperty("--isms-sheet-top", header.offsetHeight + "px"); }
  form.querySelectorAll(".isms-sheet__tools, .isms-sheet__bar").forEach(function (part) { part.hidden = false; });
  show({ items: [] });
  recall();
  apply();
  if (location.hash) {
    var target = byId.get(decodeURIComponent(location.hash.slice(1)));
    if (target) { target.scrollIntoView(); }
  }
})();
