"""What changed between two versions of a text, word by word, in the tables and lists where the words stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html import escape, unescape
from itertools import groupby, pairwise, product
from typing import Final, TypeAlias
from xml.etree import ElementTree

from markdown.util import BLOCK_LEVEL_ELEMENTS

_Word: TypeAlias = "tuple[str, tuple[_Tag, ...]]"  # and the tags it stands in; images and empty cells have no text
_Words: TypeAlias = tuple[_Word, ...]
_Parts: TypeAlias = Sequence[_Words]
_Pairs: TypeAlias = list[tuple[int, int]]  # positions in the old and in the new version
_ALIKE: Final = 0.4  # share of words in common; below, the few that match would read as confetti
_KINDS: Final = {name: name for name in (*BLOCK_LEVEL_ELEMENTS, "caption")} | {f"h{n}": "heading" for n in range(1, 7)} | {"ol": "ul"}
_PLACED: Final = {"heading", "td", "th", "thead", "tbody", "tfoot", "caption", "summary"}  # versions of one by their place alone
_VOID: Final = {"area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"}
_MARKS: Final = r".,;:!?()\[\]\"\u2013\u2014\u201c-\u201e\u2026\u3000-\u30ff\u3400-\u9fff\uff01-\uff1f"  # with CJK, which has no spaces
_WORD: Final = re.compile(rf"[ \t\r\n\f]+|(?:[^ \t\r\n\f{_MARKS}]|[.,:](?=\w))+|[{_MARKS}]")
_ILLEGAL: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)(?:\w+;)?")
_UNCLOSED: Final = re.compile(rf"<({'|'.join(sorted(_VOID))})\b([^>]*?)\s*/?>")


def difference(old: str, new: str) -> str:
    """Return the HTML of `new` with what was added in <ins> and what was taken out in <del>, valid wherever it stands.

    Both are XHTML fragments. Blocks added or taken out as a whole have the class `isms-ins` or `isms-del` too.
    """
    return _html(_version(_read(old), _read(new)), set(), depth=1).strip()


def changed_words(old: str, new: str) -> int:
    """Return how many words `difference` marks, added and taken out together; an image counts as a word."""
    return _count((word,) for word in _version(_read(old), _read(new)) if "ins" in word[1] or "del" in word[1])


class _Tag(str):
    # name and target make a tag another one, its other attributes are no wording
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
        root = ElementTree.fromstring(f"<div>{xml}</div>")  # noqa: S314 - no entity can be declared inside an element
    except ElementTree.ParseError:
        return _read("".join(f"<p>{escape(text)}</p>" for text in re.split(r"\n\s*\n", html)))
    return tuple(_flow(root, (_Tag("div", {}),)))


def _flow(element: ElementTree.Element, within: tuple[_Tag, ...]) -> Iterator[_Word]:
    exact = any(tag.name == "pre" for tag in within)
    for child, text in ((None, element.text), *((child, child.tail) for child in element)):
        if child is not None:
            # what authors struck out or underlined must not read as a change
            name = {"del": "s", "ins": "u"}.get(child.tag, child.tag.rpartition("}")[2])
            kind = "pre" if within[-1].name == "pre" else ""
            yield from _flow(child, (*within, _Tag(name, child.attrib, kind))[:99])  # what is deeper would exhaust the stack
        for word in _WORD.findall(text or ""):
            yield word if exact or word[0] not in " \t\r\n\f" else " ", within
    if not (element.text or len(element)):
        yield "", within


def _count(parts: Iterable[_Words]) -> int:
    return sum(bool(re.search(r"\w", text)) or (not text and tags[-1].name == "img") for part in parts for text, tags in part)


def _block(words: _Words) -> _Tag | None:
    tags = words[0][1]
    return tags[0] if tags and tags[0].kind else None


def _parts(words: _Words) -> list[_Words]:
    if block := _block(words):
        words = tuple((text, tags[1:]) for text, tags in words)
    gaps = [("", ())] if block and block.kind == "pre" else [("", ()), (" ", ())]
    parts = [tuple(group) for _, group in groupby(words, lambda word: id(_block((word,))))]
    return [part[at[0] : at[-1] + 1] for part in parts if (at := [n for n, word in enumerate(part) if word not in gaps])]


def _version(old: _Words, new: _Words) -> _Words:
    if old == new:
        return new
    blocks = _block(old), _block(new)
    before, after = (_parts(part) if any(blocks) else [(word,) for word in part] for part in (old, new))
    out, put_in, found = _Tag("del", {}), _Tag("ins", {}), list[_Word]()
    for (i, j), (a, b) in pairwise(_pairs(before, after, _pair_blocks if any(blocks) else _pair_words)):
        found += [word for part in before[i + 1 : a] for word in _marked(part, out)]
        found += [word for part in after[j + 1 : b] for word in _marked(part, put_in)]
        found += _version(before[a], after[b]) if a < len(before) else ()
    return blocks[1].around(found) if blocks[1] else tuple(found)


def _pairs(old: _Parts, new: _Parts, pair: Callable[[_Parts, _Parts], _Pairs]) -> _Pairs:
    m, n = len(old), len(new)
    head = next((k for k in range(min(m, n)) if old[k] != new[k]), min(m, n))
    tail = next((k for k in range(min(m, n) - head) if old[-1 - k] != new[-1 - k]), min(m, n) - head)
    middle = pair(old[head : m - tail], new[head : n - tail])
    return [*((k, k) for k in range(-1, head)), *((a + head, b + head) for a, b in middle), *((m - k, n - k) for k in range(tail, -1, -1))]


def _pair_words(old: _Parts, new: _Parts) -> _Pairs:
    # a space belongs to the word before it: alone it would match everywhere
    keys = [[(word, word[0][0].isspace() and last) for last, word in zip([None, *words], words, strict=False)] for words in (old, new)]
    spans = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_matching_blocks()
    # a short word that stayed between two changes reads better as changed
    spans = [span for span in spans if len("".join(word[0][0] or "image" for word in new[span.b : span.b + span.size]).strip()) > 3]
    if sum(_count(new[b : b + size]) for _, b, size in spans) < _ALIKE * (_count(old) * _count(new)) ** 0.5:
        return []
    spaces = [i + k < a and j + k < b and old[a - 1] == new[b - 1] for (i, j, k), (a, b, _) in pairwise([(0, 0, 0), *spans])]
    return [(a + n, b + n) for space, (a, b, size) in zip(spaces, spans, strict=True) for n in range(-space, size)]


def _pair_blocks(old: _Parts, new: _Parts) -> _Pairs:
    # the text of an item becomes a paragraph as soon as a blank line follows it
    kinds = [[block.kind if (block := _block(part)) else "p" for part in parts] for parts in (old, new)]
    words = [[{text or tags[-1] for text, tags in part if text[:1].isalnum() or not text} for part in parts] for parts in (old, new)]
    likely = []
    for i, j in product(range(len(old)), range(len(new))):
        if (kind := kinds[0][i]) == kinds[1][j]:
            share = len(words[0][i] & words[1][j]) / (len(words[0][i]) * len(words[1][j]) or 1) ** 0.5
            is_placed = kind in _PLACED and (j - i) * (len(new) - len(old) - j + i) >= 0
            if is_placed or (share >= _ALIKE and kind not in ("td", "th")):
                likely.append((-share, old[i] != new[j], abs(i - j), i, j))
    pairs: _Pairs = []
    for *_, i, j in sorted(likely):
        pairs += [(i, j)] * all((i - a) * (j - b) > 0 for a, b in pairs)
    return sorted(pairs)


def _marked(part: _Words, mark: _Tag, *, outermost: bool = True) -> _Words:
    if not (block := _block(part)):
        return mark.around(part)
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
