"""The views of reports, whether they are kept in a ledger or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, TypeVar, Unpack

from sayso.api.briefs import Told
from sayso.api.frames import Row
from sayso.api.journeys import Journey
from sayso.api.narrowings import Moment, Narrowed, Narrowing, narrow, read_moment
from sayso.api.rows import Rows
from sayso.errors import Error
from sayso.journey import explain, tell, use_picture, weigh_again
from sayso.moments import TICK, tell_now
from sayso.record import Brief, Picture, Problem

if TYPE_CHECKING:
    from sayso.advise.advisers import Adviser
    from sayso.tell.foreseen import Foreseen

T = TypeVar("T")


class Views:
    """What can be asked of reports: every view takes `as_of`, `held_at`, `story` and `about` (see `Narrowing`).

    Every method raises `Error`, whose message is one line. `adviser` is a language model whose advice points and briefs
    take, None where none is asked. `problems` name the reports that had to be left out, since a step crashed on them;
    `complain` is told of each once.
    """

    adviser: Adviser | None = None
    problems: tuple[Problem, ...] = ()
    complain: Callable[[Problem], None] | None = None

    def picture(self, **narrowing: Unpack[Narrowing]) -> Picture:
        """All that weighing says of the reports: the value that every view and every brief is made of."""
        return self._note(self._weigh(narrow(narrowing)))

    def points(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The questions that claims answer, with their values and how these stand to each other."""
        return self.view("points", **narrowing)

    def conflicts(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The questions on which reports disagree, the answers beside each other, with the reason."""
        return self.view("conflicts", **narrowing)

    def origins(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """Where each report's information came from, and why."""
        return self.view("origins", **narrowing)

    def estimates(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The line of figures that each source gave over time."""
        return self.view("estimates", **narrowing)

    def timeline(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """What happened when, and by whose word."""
        return self.view("timeline", **narrowing)

    def positions(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """What each party did about a matter: asserted, denied, declined or kept silent."""
        return self.view("positions", **narrowing)

    def stories(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """The stories: which reports tell of one chain of events."""
        return self.view("stories", **narrowing)

    def happenings(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """What happened: one row an event or state, whoever tells of it."""
        return self.view("happenings", **narrowing)

    def grades(self, **narrowing: Unpack[Narrowing]) -> Rows:
        """How credible each claim and how reliable each source is, in the Admiralty code: suggested, or judged."""
        return self.view("grades", **narrowing)

    def changes(self, since: Moment, **narrowing: Unpack[Narrowing]) -> Rows:
        """What changed since a moment, of a day its first: new questions, values, origins and contradictions; revised,
        corrected, retracted, judged."""
        from sayso.tell.views import CHANGES, show_changes
        from sayso.weigh.changes import compare_pictures

        narrowed = narrow(narrowing)
        before = self._note(self._weigh_before(since, narrowed))

        def show(picture: Picture) -> list[Row]:
            return list(show_changes(compare_pictures(weigh_again(before), picture)))

        return Rows(self._use(self._weigh(narrowed), show, "telling what changed")[0], CHANGES)

    def view(self, name: str, **narrowing: Unpack[Narrowing]) -> Rows:
        """A view by its name, as in the commands. Raises `Error` where there is none of it."""
        from sayso.tell.views import VIEWS

        if name not in VIEWS:
            raise Error(f"no view is called {name!r}: there are {', '.join(VIEWS)}")
        narrowed, shown = narrow(narrowing), VIEWS[name]
        picture = self._list_stories(narrowed) if name == "stories" else self._weigh(narrowed)
        step = f"showing {name}"
        rows, known = self._use(picture, lambda one: list(shown.nested(one)), step)

        def choose(format: str) -> tuple[Iterable[Row], tuple[str, ...]]:
            return self._use(known, lambda one: _list_rows(*shown.choose(one, format)), step)[0]

        return Rows(rows, shown.columns, choose)

    def brief(
        self,
        *,
        since: Moment = None,
        title: str = "",
        style: str = "plain",
        language: str = "en",
        **narrowing: Unpack[Narrowing],
    ) -> Told:
        """The situation report; with `since`, also what has changed since then.

        `style` is plain, in reported speech, or quotes, in the exact words; `language` that of what sayso itself says.
        Of a ledger it has what people assessed too: hypotheses, scenarios and open questions.
        """
        from sayso.tell.sentences import STYLES
        from sayso.tell.tongues import speak

        if style not in STYLES:
            raise Error(f"{style!r} is none of {', '.join(STYLES)}")
        narrowed = narrow(narrowing)
        with speak(language):
            before = self._note(self._weigh_before(since, narrowed)) if since else None

            def compose(picture: Picture) -> Brief:
                known = weigh_again(before) if before else None
                foreseen = self._foresee(picture, narrowed)
                return tell(picture, before=known, title=title, foreseen=foreseen, style=style, adviser=self.adviser)

            told, picture = self._use(self._weigh(narrowed), compose, "telling")
            return Told(told, language, lambda step: self._use(picture, lambda one: step(compose(one)), "showing")[0])

    def export(self, *formats: str, title: str = "", made: Moment = None, **narrowing: Unpack[Narrowing]) -> bytes:
        """The bytes of a file in a format such as csv, xlsx or geojson, as `sayso export --to list` lists them; of
        several, a ZIP with one of each.

        `title` is what it is called, the story's name unless given. `made` is when it says that it was made: now,
        unless given; the same reports and moment give the same bytes. Of a ledger it has what people assessed too.
        """
        from sayso.share.exports import Shared, name_tool
        from sayso.share.exports.bundle import write_formats

        narrowed = narrow(narrowing)
        picture = self._weigh(narrowed)
        name = picture.stories[0].name if narrowed.story and picture.stories else ""
        moment = (read_moment(made, begin=True) or tell_now()).astimezone(UTC).replace(microsecond=0)

        def write(one: Picture) -> bytes:
            foreseen = self._foresee(one, narrowed)
            shared = Shared(picture=one, foreseen=foreseen, title=title or name, made=moment, tool=name_tool())
            return write_formats(shared, formats)

        return self._use(picture, write, "exporting")[0]

    def explain(self, what: str, **narrowing: Unpack[Narrowing]) -> Journey:
        """How sayso came to something: its words, parse, attribution, who that is, its meaning, its origin.

        A claim is named by its id or some of its words, a point or report by its id, an origin or somebody by name.
        """
        steps, _ = self._use(self._weigh(narrow(narrowing)), lambda one: explain(one, what), "explaining")
        if not steps:
            raise Error(f"nothing here is called “{what}”, and no claim has these words")
        return Journey(steps)

    def _use(self, picture: Picture, step: Callable[[Picture], T], name: str) -> tuple[T, Picture]:
        """What a step makes of a picture, and that picture, without the reports that crash it."""
        made, known = use_picture(picture, step, name)
        self._note(known)
        return made, known

    def _note(self, picture: Picture) -> Picture:
        """The picture, whose problems are kept."""
        new = [problem for problem in dict.fromkeys(picture.problems) if problem not in self.problems]
        self.problems = (*self.problems, *new)
        if self.complain:
            for problem in new:
                self.complain(problem)
        return picture

    def _weigh_before(self, since: Moment, narrowed: Narrowed) -> Picture:
        """The picture just before a moment: what was published at the very moment is new since then. Raises `Error`
        where there is none."""
        moment = read_moment(since, begin=True)
        if moment is None:
            raise Error("name the earlier of the two moments")
        return replace(self._weigh(replace(narrowed, as_of=moment - TICK)), as_of=moment)

    def _weigh(self, narrowed: Narrowed) -> Picture:
        """The picture of what a narrowing leaves."""
        raise NotImplementedError

    def _list_stories(self, narrowed: Narrowed) -> Picture:
        """A picture of the stories at least, where that takes less than weighing."""
        return self._weigh(narrowed)

    def _foresee(self, picture: Picture, narrowed: Narrowed) -> Foreseen | None:
        """What people assessed, where it is kept."""
        return None


def _list_rows(rows: Iterable[Row], columns: tuple[str, ...]) -> tuple[Iterable[Row], tuple[str, ...]]:
    """Rows that are all made, and their columns."""
    return list(rows), columns
