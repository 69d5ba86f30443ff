"""The frame of a verb: its subject, its auxiliaries and what follows, as they are turned round in a question.

"The council had approved the merger" is asked as *had* + *the council* + *approved* + *the merger*, with any word that
asks before it (He, Lewis & Zettlemoyer 2015, on questions that stand for the roles of a verb).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sayso.extract.figures.counting import tokens_of
from sayso.extract.questions.verbs import COMPLEMENTS, follows, is_many, is_under, shares_object, tell_denied
from sayso.extract.questions.wordings import BODIES, MEASURES, NOUNS, THIRD, Wordings, load_words
from sayso.grammar.parses import Parse, Token

SUBJECTS = ("nsubj", "nsubjpass")
FULL = {
    "'s": "is",
    "'ve": "have",
    "'ll": "will",
    "'re": "are",
    "'d": "would",
    "'m": "am",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}
"""Auxiliaries as they are written in full."""
FIRST = {"am": "is", "'m": "is", "have": "has", "do": "does", "are": "is", "were": "was"}
"""What is said of a speaker who says "I" or "we"."""
SINGULAR, PLURAL = frozenset(("is", "was", "has", "does")), frozenset(("are", "were", "have", "do"))
DEEPEST = 3
"""Infinitives in infinitives that are worded."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands behind a verb: the token it hangs by, its first and last token, its words ("" where they mean nothing
    out of their sentence) and whether the verb needs it."""

    at: int
    first: int
    last: int
    words: str
    needed: bool
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A finite verb and what is said with it. `front` is the auxiliary that a question begins with, `rest` what of the
    verb stays behind the subject, `finite` the verb as it stands."""

    verb: int
    subject_at: int
    subject: str
    front: str
    rest: str
    finite: str
    parts: tuple[Part, ...]
    there: bool = False
    denied: bool = False
    empty: bool = False
    """Whether it is denied by "no" or "nobody" alone."""
    bare: bool = False
    """Whether the verb says nothing by itself."""


@dataclass(slots=True)
class Frames:
    """The frames of one report's verbs, each made once."""

    parse: Parse
    wordings: Wordings
    known: dict[int, Frame | None] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)
    """By sentence, the token before which nothing is told in it: its end where it asks, the mark before a value."""
    begins: dict[int, int] = field(init=False)
    ends: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Find tokens by where they begin and end."""
        self.begins = {token.start: token.i for token in self.parse.tokens}
        self.ends = {token.end: token.i for token in self.parse.tokens}

    def find(self, i: int) -> Frame | None:
        """The frame of the finite verb over a token, itself or the one that its infinitive hangs from; None where it
        gives no clean question."""
        tokens = self.parse.tokens
        for _ in range(DEEPEST):
            if not (
                tokens[i].dep == "xcomp"
                and tokens[i].head != i
                and not any(tokens[c].dep in SUBJECTS for c in tokens[i].children)
            ):
                break
            i = tokens[i].head
        if i not in self.known:
            self.known[i] = self.make(tokens[i])
        return self.known[i]

    def make(self, verb: Token) -> Frame | None:
        """The frame of a verb."""
        tokens = self.parse.tokens
        if verb.pos not in ("VERB", "AUX") or verb.lemma == "do" or self.is_asked(verb):
            return None
        children = [tokens[c] for c in verb.children]
        for c in children:
            if c.dep in ("csubj", "csubjpass") or c.tag in ("WRB", "WP$") or (c.dep == "ccomp" and c.i < verb.i):
                return None
            if c.tag in ("WDT", "WP") and c.dep not in SUBJECTS:
                return None
        subject = self.find_subject(verb)
        formed = None if subject is None else self.form(verb, subject)
        if subject is None or formed is None:
            return None
        front, rest, finite = formed
        there = subject.dep == "expl"
        words = "there" if there else self.wordings.word(subject.i, verb.i if subject.i == verb.head else -1)
        if there and subject.text.lower() != "there":
            return None
        if not there and not self.agrees(subject, front):
            return None
        if subject.text.lower() == "it" and verb.lemma in load_words("weathering"):
            words = ""
        if shares_object(tokens, verb) or not THIRD.isdisjoint(words.split()):
            words = ""
        passive = any(c.dep == "auxpass" for c in children) or finite.startswith(("was ", "were "))
        if subject.text in ("I", "we", "We"):
            first, _, more = finite.partition(" ")
            finite = f"{FIRST[first]} {more}".strip() if first in FIRST else "" if front == "do" else finite
            front = FIRST.get(front, front)
        bare = not passive and verb.lemma not in load_words("alone")
        parts = tuple(self.list_parts(verb, subject.i))
        return Frame(
            verb.i, subject.i, words, front, rest, finite, parts, there, *tell_denied(tokens, verb, subject), bare
        )

    def is_asked(self, verb: Token) -> bool:
        """Whether a verb's sentence is a question already, or a label and a value ("Ships turned away: 8")."""
        tokens, sentence = self.parse.tokens, verb.sentence
        if sentence not in self.marks:
            first, last = self.parse.sentences[sentence]
            asked = any("?" in token.text for token in tokens[max(first, last - 3) : last])
            labels = [i for i in range(first, last - 1) if tokens[i].text == ":" and tokens[i + 1].tag == "CD"]
            self.marks[sentence] = last if asked else max(labels, default=-1)
        return verb.i < self.marks[sentence]

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The first and last token (inclusive) of a value; the last lies before the first where there is none."""
        first, last = self.begins.get(start), self.ends.get(end)
        return tokens_of(self.parse, start, end) if first is None or last is None else (first, last)

    def find_subject(self, verb: Token) -> Token | None:
        """Who or what a verb is said of: its only subject, that of the verb beside it, or the noun that its
        clause says more of."""
        tokens = self.parse.tokens
        own = [tokens[c] for c in verb.children if tokens[c].dep in (*SUBJECTS, "expl") and c < verb.i]
        late = [tokens[c] for c in verb.children if tokens[c].dep in SUBJECTS and c > verb.i]
        if len(own) == 1 and not late:
            if own[0].tag not in ("WDT", "WP"):
                return own[0]
            noun = tokens[verb.head]
            return noun if verb.dep == "relcl" and noun.pos in NOUNS and noun.i < verb.i else None
        if own or late:
            return None
        head = tokens[verb.head]
        if verb.dep == "conj" and head.i != verb.i and head.pos in ("VERB", "AUX"):
            return self.find_subject(head)
        if verb.dep == "acl" and verb.tag == "VBN" and head.pos in NOUNS and head.i < verb.i:
            return head
        return None

    def form(self, verb: Token, subject: Token) -> tuple[str, str, str] | None:
        """The auxiliary that a question begins with, the rest of the verb, and both as they stand; None where the verb
        is not finite."""
        tokens = self.parse.tokens
        auxiliaries = self.find_auxiliaries(verb)
        if any(a.tag == "TO" for a in auxiliaries):
            return None
        if auxiliaries:
            words = [self.write_out(a) for a in auxiliaries]
            if auxiliaries[0].tag not in ("MD", "VBD", "VBZ", "VBP") or not follows(auxiliaries, verb):
                return None
            main = verb.text.lower()
            return words[0], " ".join([*words[1:], main]), " ".join([*words, main])
        word = self.write_out(verb)
        if verb.lemma == "be" and verb.tag in ("VBD", "VBZ", "VBP"):
            return word, "", word
        agents = [n for c in verb.children if tokens[c].dep == "agent" for n in tokens[c].children]
        if verb.dep != "acl" and any(tokens[n].ent not in MEASURES for n in agents if tokens[n].dep == "pobj"):
            return None  # "The choir *led* by a nun": no finite verb.
        formed = verb.lemma.isalpha() and (
            verb.tag == "VBZ" or not verb.lemma.endswith("s") or verb.lemma.endswith("ss")
        )
        if verb.lemma != "be" and verb.tag in ("VBD", "VBZ", "VBP") and formed:
            front = {"VBD": "did", "VBZ": "does", "VBP": "do"}[verb.tag]
            return front, verb.lemma, word
        if verb.tag == "VBN" and verb.dep == "acl":
            front = "were" if is_many(tokens, subject) else "was"
            return front, word, f"{front} {word}"
        return None

    def find_auxiliaries(self, verb: Token) -> list[Token]:
        """The auxiliaries of a verb, or those of the verb of the same form that it is coordinated with."""
        tokens = self.parse.tokens
        own = [tokens[c] for c in verb.children if tokens[c].dep in ("aux", "auxpass") and c < verb.i]
        head = tokens[verb.head]
        if (
            not own
            and verb.dep == "conj"
            and head.i != verb.i
            and verb.tag in ("VBN", "VBG", "VB")
            and verb.tag == head.tag
        ):
            return self.find_auxiliaries(head)
        return own

    def write_out(self, token: Token) -> str:
        """A verb in full: "will" of "'ll", "has" of "'s been"."""
        word = token.text.lower().replace("’", "'")
        after = self.parse.tokens[token.i + 1 : token.i + 3]
        if word == "'s" and token.dep == "aux" and any(t.tag in ("VBN", "VBD") for t in after):
            return "has"
        if word == "'d" and any(t.tag in ("VBN", "VBD") for t in after):
            return "had"
        return FULL.get(word, word)

    def agrees(self, subject: Token, front: str) -> bool:
        """Whether an auxiliary fits the number of its subject, so that the grammar was read right."""
        many = is_many(self.parse.tokens, subject)
        if front in SINGULAR:
            return not many
        if front in PLURAL:
            return (
                many
                or subject.lemma in load_words("collective")
                or subject.pos in ("NUM", "PRON", "ADJ")
                or subject.ent in BODIES
            )
        return True

    def list_parts(self, verb: Token, subject: int, deep: int = 0) -> list[Part]:
        """What follows a verb, in the order of the text."""
        tokens, wordings = self.parse.tokens, self.wordings
        found: list[Part] = []
        plain = not any(tokens[c].dep in (*COMPLEMENTS, "auxpass") for c in verb.children)
        for c in verb.children:
            child = tokens[c]
            if c == subject or child.dep in SUBJECTS:
                continue
            stray = [n for n in child.children if tokens[n].dep == "pobj"]
            if child.dep in ("prep", "agent") and stray and verb.i < stray[0] < c:  # Its noun stands before it.
                found.append(self.make_part(tokens[stray[0]], wordings.word(stray[0]), True))
            elif child.dep in ("prep", "agent") or (child.dep == "prt" and stray):
                found += self.list_prep(verb, child, plain)
            elif c < verb.i:
                continue
            elif child.dep in COMPLEMENTS:
                found.append(self.make_part(child, wordings.word(c) if child.tag not in ("WP", "WDT") else "", True))
                if child.dep == "dative" and child.pos == "ADP":
                    found[-1] = replace(found[-1], words=wordings.word_prep(child))
            elif child.dep == "prt" or (child.dep == "advmod" and child.text.lower() in load_words("adverbs")):
                if child.text in ("up", "down") and tokens[min(c + 1, len(tokens) - 1)].text in ("to", "from"):
                    continue  # "up from 60 people"
                found.append(Part(c, c, c, child.text.lower(), True))
            elif child.dep == "xcomp":
                found += self.list_infinitive(child, deep)
            elif child.dep == "npadvmod" and verb.lemma in load_words("measuring"):
                found.append(self.make_part(child, wordings.word(c), True))
            elif child.dep == "ccomp":
                found.append(self.make_part(child, self.word_clause(child), True))
        if len(objects := [c for c in verb.children if tokens[c].dep == "dobj"]) > 1:  # Only the last may be asked for.
            found = [replace(part, words="") if part.at == objects[-1] else part for part in found]
        return sorted(found, key=lambda part: part.at < verb.i)

    def make_part(self, child: Token, words: str, needed: bool) -> Part:
        """The part that a token and all that hangs from it make."""
        first, last = self.parse.subtree(child.i)
        return Part(child.i, first, last, words, needed, child.i in self.wordings.timed)

    def list_prep(self, verb: Token, prep: Token, plain: bool) -> list[Part]:
        """A preposition behind a verb, or before its subject, and its noun."""
        tokens = self.parse.tokens
        first, last = self.parse.subtree(prep.i)
        if not prep.children and prep.i == verb.i + 1:  # "going *round*"
            return [Part(prep.i, first, last, prep.text.lower() if prep.text in load_words("particles") else "", True)]
        inner = range(prep.i + 1, last + 1)
        timed = any(tokens[n].i in self.wordings.timed and is_under(tokens, n, prep.i) for n in inner)
        beside = prep.i == verb.i + 1
        needed = (
            beside
            and not timed
            and (
                (plain and prep.lemma in load_words("needy") and verb.lemma not in load_words("alone"))
                or verb.lemma == "be"
            )
        )
        needed = needed or (prep.i > verb.i and not timed and verb.lemma in load_words("placing"))
        aside = not beside and tokens[prep.i - 1].text in (",", "(", "-", "–", "—")
        if tokens[prep.i - 1].dep == "npadvmod":  # "nine miles *from the coast*"
            aside = True
        if prep.i < verb.i and (prep.lemma in ("with", "like", "for", "by", "of")):
            aside = True
        words = "" if timed or (aside and not needed) else self.wordings.word_prep(prep)
        return [Part(prep.i, first, last, words, needed, timed)]

    def list_infinitive(self, verb: Token, deep: int) -> list[Part]:
        """The infinitive or participle that a verb takes, and what follows it."""
        tokens = self.parse.tokens
        to = [tokens[c] for c in verb.children if tokens[c].dep in ("aux", "auxpass") and c < verb.i]
        own = [c for c in verb.children if tokens[c].dep in (*SUBJECTS, "mark", "advmod") and c < verb.i]
        if (
            verb.pos not in ("VERB", "AUX")
            or verb.lemma == "do"
            or own
            or deep >= DEEPEST
            or (verb.tag == "VB" and not to)
        ):
            return [self.make_part(verb, "" if verb.pos in ("VERB", "AUX") else self.wordings.word(verb.i), True)]
        words = " ".join([*(t.text.lower() for t in to), verb.text.lower()])
        first = min([t.i for t in to], default=verb.i)
        return [Part(verb.i, first, verb.i, words, True), *self.list_parts(verb, -1, deep + 1)]

    def word_clause(self, verb: Token) -> str:
        """The words of a clause that a verb takes ("that the ban was lawful"), "" where it is long or leans on other
        words."""
        tokens = self.parse.tokens
        first, last = self.parse.subtree(verb.i)
        marks = [c for c in verb.children if tokens[c].dep == "mark" and tokens[c].text.lower() == "that"]
        if not marks or last - first > 8:
            return ""
        inner = tokens[first : last + 1]
        leaning = any(t.pos in ("PUNCT", "PRON", "SYM") or t.tag == "PRP$" for t in inner)
        return "" if leaning else self.parse.words(first, last)
