/* Offers ids for the samples of the work sheet: the row's own evidence, documents and risks first, then all that begin or are called so. */
(function () {
  "use strict";

  var form = document.querySelector("form.isms-sheet");
  if (!form) { return; }
  var MOST = 6;
  var list = document.createElement("div");
  list.className = "isms-sheet__offers";
  list.setAttribute("role", "group");
  list.setAttribute("aria-label", "Ids to sample");

  function lineAt(box) {
    var start = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
    var end = box.value.indexOf("\n", box.selectionStart);
    return { start: start, end: end < 0 ? box.value.length : end };
  }

  function offers(box) {
    var place = lineAt(box), typed = box.value.slice(place.start, place.end).trim().toLowerCase();
    var all = window.ismsSheetIds || [], taken = new Set(window.ismsSheetFiles.lines(box.value));
    var own = new Map(box.closest("tr").dataset.ids.split(" ").map(function (id, at) { return [id, at]; }));
    function fits(entry) {
      if (taken.has(entry[0])) { return false; }
      if (typed.length < 2) { return !typed && own.has(entry[0]); }
      return entry[0].toLowerCase().startsWith(typed) || entry[1].toLowerCase().includes(typed);
    }
    var found = all.filter(fits);
    return found.filter(function (entry) { return own.has(entry[0]); })
      .sort(function (one, other) { return own.get(one[0]) - own.get(other[0]); })
      .concat(found.filter(function (entry) { return !own.has(entry[0]); })).slice(0, MOST);
  }

  function offer(box) {
    var found = offers(box);
    list.replaceChildren.apply(list, found.map(function (entry) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = entry[0] + " " + entry[1];
      button.dataset.id = entry[0];
      return button;
    }));
    if (found.length) { box.closest("label").after(list); } else { list.remove(); }
  }

  function choose(button) {
    var box = button.closest(".isms-sheet__fields").querySelector('[name="samples"]'), place = lineAt(box);
    box.value = box.value.slice(0, place.start) + button.dataset.id + "\n" + box.value.slice(place.end).replace(/^\n/, "");
    var caret = place.start + button.dataset.id.length + 1;
    list.remove();
    box.focus();
    box.setSelectionRange(caret, caret);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function step(event) {
    var box = event.target.name === "samples" ? event.target : null;
    var buttons = Array.from(list.children), at = buttons.indexOf(event.target);
    if (!list.isConnected || (!box && at < 0)) { return; }
    if (event.key === "Escape") {
      var back = list.closest(".isms-sheet__fields").querySelector('[name="samples"]');
      list.remove();
      if (!box) { back.dataset.quiet = "true"; back.focus(); delete back.dataset.quiet; }
    } else if (event.key === "ArrowDown" && (at >= 0 || box.value.indexOf("\n", box.selectionEnd) < 0)) {
      event.preventDefault();
      (buttons[at + 1] || buttons[at] || buttons[0]).focus();
    } else if (event.key === "ArrowUp" && at > 0) {
      event.preventDefault();
      buttons[at - 1].focus();
    }
  }

  form.addEventListener("input", function (event) {
    if (event.target.name === "samples") { offer(event.target); }
  });
  form.addEventListener("focusin", function (event) {
    if (event.target.name !== "samples") {
      if (!list.contains(event.target)) { list.remove(); }
    } else if (!event.target.dataset.quiet) {
      offer(event.target);
    }
  });
  form.addEventListener("focusout", function (event) {
    var next = event.relatedTarget;
    if (next && !list.contains(next) && next.name !== "samples") { list.remove(); }
  });
  document.addEventListener("pointerdown", function (event) {
    if (!list.contains(event.target) && event.target.name !== "samples") { list.remove(); }
  });
  list.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (button) { choose(button); }
  });
  form.addEventListener("keydown", step);
})();
