"""What changed between two versions of a text, word by word, in the tables and lists where the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import escape, unescape
from itertools import groupby, pairwise, product
from typing import Final, TypeAlias
from xml.etree import ElementTree

from markdown.util import BLOCK_LEVEL_ELEMENTS

_Word: TypeAlias = "tuple[str, tuple[_Tag, ...]]"  # and the tags it stands in; images and empty cells have no text
_Words: TypeAlias = tuple[_Word, ...]
_ALIKE: Final = 0.4  # share of words in common; below, the few that match would read as confetti
_KINDS: Final = {name: name for name in (*BLOCK_LEVEL_ELEMENTS, "caption")} | {f"h{n}": "heading" for n in range(1, 7)} | {"ol": "ul"}
_PLACED: Final = {"heading", "td", "th", "thead", "tbody", "tfoot", "caption", "summary"}  # versions of one by their place alone
_VOID: Final = {"area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"}
_MARKS: Final = r".,;:!?()\[\]\"\u2013\u2014\u201c-\u201e\u2026\u3000-\u30ff\u3400-\u9fff\uff01-\uff1f"  # with CJK, which has no spaces
_WORD: Final = re.compile(rf"[ \t\r\n\f]+|(?:[^ \t\r\n\f{_MARKS}]|[.,:](?=\w))+|.")
_ILLEGAL: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)(?:\w+;)?")
_UNCLOSED: Final = re.compile(rf"<({'|'.join(sorted(_VOID))})\b([^>]*?)\s*/?>")


def difference(old: str, new: str) -> str:
    """Return the HTML of `new` with what was added in <ins> and what was taken out in <del>, valid wherever it stands.

    Both are XHTML fragments. Blocks added or taken out as a whole have the class `isms-ins` or `isms-del` too.
    """
    return _html(_version(_read(old), _read(new)), set(), depth=1).strip()


class _Tag(str):  # name and target make a tag another one, its other attributes are no wording
    name: str
    kind: str
    attributes: dict[str, str]

    def __new__(cls, name: str, attributes: Mapping[str, str], kind: str = "") -> _Tag:
        safe = {key: text for key, text in attributes.items() if re.match(r"(?i)(?!on)[\w:-]+$", key) and "javascript:" not in text.lower()}
        tag = super().__new__(cls, " ".join([name, *(safe[key] for key in ("href", "src", "alt", "checked") if key in safe)]))
        tag.name, tag.kind, tag.attributes = name, kind or _KINDS.get(name, ""), safe
        return tag

    def around(self, words: Iterable[_Word]) -> _Words:
        return tuple((text, (self, *tags)) for text, tags in words) or (("", (self,)),)


def _read(html: str) -> _Words:
    xml = _UNCLOSED.sub(r"<\1\2 />", _ENTITY.sub(lambda found: escape(unescape(found[0])), _ILLEGAL.sub("", html)))
    try:
        return tuple(_flow(ElementTree.fromstring(f"<div>{xml}</div>"), (_Tag("div", {}),)))  # noqa: S314 - no entities inside a div
    except ElementTree.ParseError:
        return _read("".join(f"<p>{escape(text)}</p>" for text in re.split(r"\n\s*\n", html)))


def _flow(element: ElementTree.Element, within: tuple[_Tag, ...]) -> Iterator[_Word]:
    exact = any(tag.name == "pre" for tag in within)
    for child, text in ((None, element.text), *((child, child.tail) for child in element)):
        if child is not None:
            # what authors struck out or underlined must not read as a change
            name = {"del": "s", "ins": "u"}.get(child.tag, child.tag.rpartition("}")[2])
            yield from _flow(child, (*within, _Tag(name, child.attrib, "pre" * (within[-1].name == "pre")))[:99])  # else the stack ends
        for word in _WORD.findall(text or ""):
            yield word if exact or word[0] not in " \t\r\n\f" else " ", within
    if not (element.text or len(element)):
        yield "", within


def _count(parts: Iterable[_Words]) -> int:
    return sum(bool(re.search(r"\w", text)) or (not text and tags[-1].name == "img") for part in parts for text, tags in part)


def _kind(words: _Words) -> str:
    return words[0][1][0].kind if words[0][1] else ""


def _parts(words: _Words) -> list[_Words]:
    gaps = [("", ())] if _kind(words) == "pre" else [("", ()), (" ", ())]
    if _kind(words):
        words = tuple((text, tags[1:]) for text, tags in words)
    parts = [tuple(group) for _, group in groupby(words, lambda word: id(word[1][0]) if _kind((word,)) else 0)]
    return [part[at[0] : at[-1] + 1] for part in parts if (at := [n for n, word in enumerate(part) if word not in gaps])]


def _version(old: _Words, new: _Words) -> _Words:
    if old == new:
        return new
    kind = _kind(old) or _kind(new)
    before, after = (_parts(part) if kind else [(word,) for word in part] for part in (old, new))
    out, put_in, found = _Tag("del", {}), _Tag("ins", {}), list[_Word]()
    for (i, j), (a, b) in pairwise(_pairs(before, after, kind)):
        found += [word for part in before[i + 1 : a] for word in _marked(part, out)]
        found += [word for part in after[j + 1 : b] for word in _marked(part, put_in)]
        found += _version(before[a], after[b]) if a < len(before) else ()
    return new[0][1][0].around(found) if _kind(new) else tuple(found)


def _pairs(old: Sequence[_Words], new: Sequence[_Words], kind: str) -> Iterator[tuple[int, int]]:
    m, n = len(old), len(new)
    head = next((k for k in range(min(m, n)) if old[k] != new[k]), min(m, n))
    tail = next((k for k in range(min(m, n) - head) if old[-1 - k] != new[-1 - k]), min(m, n) - head)
    same = _same(old[head : m - tail], new[head : n - tail], kind)
    i = j = -1
    for a, b, size in ((-1, -1, head + 1), *((a + head, b + head, size) for a, b, size in same), (m - tail, n - tail, tail + 1)):
        space = not kind and i < a and j < b and old[a - 1] == new[b - 1]
        yield from ((i + x, j + y) for x, y in (_versions(old[i:a], new[j:b]) if kind else ()))
        yield from ((a + k, b + k) for k in range(-space, size))
        i, j = a + size, b + size


def _same(old: Sequence[_Words], new: Sequence[_Words], kind: str) -> Sequence[tuple[int, int, int]]:
    if kind:
        # a cell belongs to its column, even if it equals one of another
        return [] if kind == "tr" else SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    # a space belongs to the word before it: alone it would match everywhere
    keys = [[(word, word[0][0].isspace() and last) for last, word in zip([None, *words], words, strict=False)] for words in (old, new)]
    spans = SequenceMatcher(None, keys[0], keys[1], autojunk=len(new) > 1000).get_matching_blocks()
    # a short word that stayed between two changes reads better as changed
    spans = [span for span in spans if len("".join(word[0][0] or "image" for word in new[span.b : span.b + span.size]).strip()) > 3]
    kept = sum(_count(new[b : b + size]) for _, b, size in spans)
    return spans if kept >= _ALIKE * (_count(old) * _count(new)) ** 0.5 else []


def _versions(old: Sequence[_Words], new: Sequence[_Words]) -> list[tuple[int, int]]:
    kinds = [[_kind(part) or "p" for part in parts] for parts in (old, new)]  # a blank line makes the text of an item one
    words = [[{text or tags[-1] for text, tags in part if not text.isspace()} for part in parts] for parts in (old, new)]
    likely = []
    for i, j in product(range(len(old)), range(len(new))):
        if (kind := kinds[0][i]) == kinds[1][j] and (i == j or len(old) * len(new) < 10_000):  # beyond, it would take minutes
            share = len("".join(words[0][i] & words[1][j])) / (len("".join(words[0][i])) * len("".join(words[1][j])) or 1) ** 0.5
            is_placed = kind in _PLACED and (j - i) * (len(new) - len(old) - j + i) >= 0
            if is_placed or (share >= _ALIKE and kind not in ("td", "th")):
                likely.append((-share, abs(i - j), i, j))
    pairs = list[tuple[int, int]]()
    for *_, i, j in sorted(likely):
        pairs += [(i, j)] * all((i - a) * (j - b) > 0 for a, b in pairs)
    return sorted(pairs)


def _marked(part: _Words, mark: _Tag, *, outermost: bool = True) -> _Words:
    if not _kind(part):
        return mark.around(part)
    block = part[0][1][0]
    if outermost:
        block = _Tag(block.name, {**block.attributes, "class": f"{block.attributes.get('class', '')} isms-{mark}".strip()}, block.kind)
    return block.around(word for inner in _parts(part) for word in _marked(inner, mark, outermost=False))


def _html(words: Sequence[_Word], ids: set[str], depth: int) -> str:
    groups = groupby(words, lambda word: id(word[1][depth]) if len(word[1]) > depth else 0)
    return "".join(_element(list(group), ids, depth) for _, group in groups)


def _element(words: Sequence[_Word], ids: set[str], depth: int) -> str:
    if len(words[0][1]) == depth:
        return escape("".join(text for text, _ in words), quote=False)
    tag = words[0][1][depth]
    is_gone = all("del" in tags for _, tags in words)
    shown = {key: text for key, text in tag.attributes.items() if key != "id" or not (is_gone or text in ids)}
    ids.add(shown.get("id", ""))
    opening = "\n" * (tag.name in _KINDS) + f"<{tag.name}" + "".join(f' {key}="{escape(text)}"' for key, text in shown.items())
    return f"{opening} />" if tag.name in _VOID else f"{opening}>{_html(words, ids, depth + 1)}</{tag.name}>"
