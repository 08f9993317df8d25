/* The work sheet as files: writes YAML and CSV, and reads that YAML again. Knows nothing of the page. */
(function () {
  "use strict";

  var NONE = "not_looked_at";
  var ABOUT = ["schema", "organization", "commit", "profile", "as_of"];
  var HEAD = ["auditor", "audited_on"];
  var TEXTS = ["notes", "samples", "interviewed", "seen_on"];

  /* JSON is YAML, but for characters that YAML takes for line ends or does not allow, and halves of characters */
  function quoted(text) {
    var whole = text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, function (part) { return part.length > 1 ? part : "\ufffd"; });
    return JSON.stringify(whole).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufff0-\ufffc\ufffe\uffff]/g, function (sign) {
      return "\\u" + ("000" + sign.charCodeAt(0).toString(16)).slice(-4);
    });
  }

  function lines(text) {
    return text.split("\n").map(function (line) { return line.trim(); }).filter(Boolean);
  }

  function yaml(about, made) {
    var out = ["# Work sheet of an audit. `isms import findings FILE --audit AUD-001` makes findings of it."];
    function say(indent, key, value) { if (value) { out.push(indent + key + ": " + quoted(value)); } }
    ABOUT.forEach(function (name) { say("", name, about[name]); });
    HEAD.forEach(function (name) { say("", name, made[name]); });
    out.push(made.items.length ? "items:" : "items: []");
    made.items.forEach(function (item) {
      out.push("  - id: " + quoted(item.id));
      say("    ", "grade", item.grade);
      say("    ", "notes", item.notes);
      var samples = lines(item.samples);
      if (samples.length) { out.push("    samples:"); }
      samples.forEach(function (sample) { out.push("      - " + quoted(sample)); });
      say("    ", "interviewed", item.interviewed);
      say("    ", "seen_on", item.seen_on);
    });
    return out.join("\n") + "\n";
  }

  /* spreadsheets run cells that begin so; an apostrophe before them makes them text, and is taken off again when they are imported */
  function cell(text) {
    var harmless = /^'*[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(harmless) ? '"' + harmless.replace(/"/g, '""') + '"' : harmless;
  }

  function csv(about, made) {
    var out = [["id", "title", "grade"].concat(TEXTS, HEAD, ["commit", "profile", "as_of"])];
    made.items.forEach(function (item) {
      var texts = TEXTS.map(function (name) { return name === "samples" ? lines(item[name]).join("\n") : item[name]; });
      var head = HEAD.map(function (name) { return made[name]; });
      out.push([item.id, item.title, item.grade].concat(texts, head, [about.commit, about.profile, about.as_of]));
    });
    return "\ufeff" + out.map(function (cells) { return cells.map(cell).join(","); }).join("\r\n") + "\r\n";
  }

  var OF_SHEETS = ABOUT.concat(HEAD);
  var OF_ITEMS = ["id", "grade", "notes", "interviewed", "seen_on"];

  /* Reads what `yaml` writes and nothing else: a sheet that somebody changed by hand is for `isms import findings` */
  function read(text, schema, grades) {
    var made = { items: [] }, item = null;
    text.replace(/^\ufeff/, "").split(/\r?\n/).forEach(function (line, number) {
      var match = /^( {4}|  - |)([a-z_]+): (".*")\s*$/.exec(line), sample = /^ {6}- (".*")\s*$/.exec(line);
      try {
        if (/^\s*(#.*)?$/.test(line) || /^(items:( \[\])?| {4}samples:)\s*$/.test(line)) { return; }
        if (sample && item) { item.samples += (item.samples ? "\n" : "") + JSON.parse(sample[1]); return; }
        if (!match || (match[1] === "    " && !item) || !(match[1] ? OF_ITEMS : OF_SHEETS).includes(match[2])) { throw new Error(); }
        if (match[1] === "  - ") { made.items.push(item = { id: "", grade: NONE, notes: "", samples: "", interviewed: "", seen_on: "" }); }
        (match[1] ? item : made)[match[2]] = JSON.parse(match[3]);
        if (match[2] === "grade" && !grades.includes(item.grade)) { throw new Error(); }
      } catch (error) {
        throw new Error("Line " + (number + 1) + " is not as this sheet writes it. Nothing was changed.");
      }
    });
    if (made.schema !== schema) { throw new Error("This is no exported work sheet. Nothing was changed."); }
    return made;
  }

  window.ismsSheetFiles = { none: NONE, head: HEAD, texts: TEXTS, lines: lines, yaml: yaml, csv: csv, read: read };
})();
