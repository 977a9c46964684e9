"""What a session's evaluator tells of its state: what changed, what is kept, what is not.

The keeper compares the session with what it told last.  After a form it looks at the bindings that the form could have
reached (`reach.py`) and pickles together what shares something that can change (`regrouping.py`).  It writes nothing:
the deltas go to the server.  Used by the evaluator's main thread, between forms.
"""

from __future__ import annotations

import sys
import threading
import traceback
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xrepl.dialect.hy_forms import HyForm
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.processes import ATOMIC, background_turns, holds
from xrepl.evaluator.aside import Aside
from xrepl.evaluator.building import Builder
from xrepl.evaluator.codes import Codes, Source
from xrepl.evaluator.comparing import Comparison
from xrepl.evaluator.delta import Delta, Restored, is_users, user_name
from xrepl.evaluator.groups import Group, Groups, Kind
from xrepl.evaluator.pickling import Context
from xrepl.evaluator.reach import FINALIZER, Names, has_hook, is_opaque, mentions
from xrepl.evaluator.regrouping import Regrouping
from xrepl.evaluator.restoring import Restoring
from xrepl.evaluator.sources import anonymous_number, code_of
from xrepl.evaluator.stack import bounded_recursion, uncollected


class StateKeeper:
    """Keeps the account of one session's state.

    Args:
        interpreter: the session's, before its first form.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._groups = Groups()
        self._names = Names()
        self._codes = Codes()
        self._context = Context(interpreter, self._codes)
        self._bindings = self._context.bindings
        self._builder = Builder(interpreter, self._codes, self._code_of)
        self._aside = Aside(self._context, self._builder, self._groups)
        self._executed: list[types.CodeType] = []
        self._form: Any = None  # whose code the last in `_executed` is
        self._form_codes = 0
        self._paused: dict[int, tuple[Any, int, int]] = {}
        self._anonymous = 0
        self._anonymous_before = 0
        self._turns = background_turns()
        self._has_threads = False
        self._mentioned: frozenset[str] = frozenset()  # by the code that ran
        self._is_haunted = False  # whether code may run that no form calls
        self._output, self._errors = sys.stdout, sys.stderr
        interpreter.note = self._note

    # --- what the evaluator calls

    def restore(self, groups: Mapping[str, bytes]) -> Restored:
        """Fill the session with a stored state.

        Args:
            groups: by id, the bytes that deltas gave.

        Returns:
            how many of the user's bindings are back, and which are not, with the reasons.  Bytes that cannot be loaded
            cost their own bindings only.
        """
        with ATOMIC, uncollected():
            self._aside.start()
            damaged = self._load(groups, [])
            lost = {name: reason for name, reason in self._not_kept().items() if name not in damaged}
            return Restored(len(self._bindings.users()) - len(self._groups.lost), lost, damaged)

    def load(self, set_: Mapping[str, bytes], gone: Sequence[str]) -> None:
        """Replace parts of the state in place, as an undo does.

        Args:
            set_: by id, groups as they shall be.
            gone: ids of groups that shall not be.
        """
        with ATOMIC, uncollected():
            self._load(set_, gone)

    def _load(self, set_: Mapping[str, bytes], gone: Sequence[str]) -> dict[str, str]:
        """Load groups; give what is damaged, with the reason."""
        restoring = Restoring(self._builder, self._bindings, self._groups)
        self._aside.prepare(set_, restoring.damaged)
        restoring.load(set_, gone)
        for name in restoring.bound:
            self._names.add(name)
        self._interpreter.link()
        self._interpreter.compiler.anonymous = max(
            self._interpreter.compiler.anonymous, *map(anonymous_number, self._interpreter.namespace)
        )
        self._anonymous = self._interpreter.compiler.anonymous
        linked = {id(value.__code__) for value in restoring.bound.values() if isinstance(value, types.FunctionType)}
        for code in self._builder.made:
            if id(code) not in linked:
                self._interpreter.globals.link_code(code)
        self._builder.made.clear()
        self._aside.fill(set_, gone, restoring.damaged)
        self._look_for_finalizers(set_)
        return restoring.damaged

    def delta(self) -> Delta:
        """Give what the forms since the last delta changed; looks only at what they could have reached."""
        with ATOMIC:
            delta = self._safely(self._reached())
            if self._is_haunted or self._aside.has_hook:  # what was let go of just now may have run code
                delta.add(self._safely(None))
            return delta

    def delta_all(self) -> Delta:
        """Give what has changed, looking at everything; costs the size of all that can change."""
        with ATOMIC:
            reached = self._reached()
            known = {id_ for id_, group in self._groups.by_id.items() if not group.is_restored}
            delta = self._safely(None)
            if reached is not None:
                late = delta.set.keys() & known - {group.id for group in reached}
                delta.late = sorted(name for id_ in late for name in delta.set[id_][0])
            return delta

    def names(self) -> list[str]:
        """Give the user's names of all bindings, in alphabetical order."""
        return sorted(map(user_name, self._bindings.users()))

    def bindings(self) -> dict[str, Any]:
        """Give what the user has bound, by identifier."""
        return {name: self._bindings[name] for name in self._bindings.users()}

    def differing(self, pairs: Iterable[Sequence[bytes]]) -> list[list[str]]:
        """Give the names whose values differ between stored groups, with both as the shell shows them."""
        with ATOMIC, self._context.hidden_module():
            return Comparison(self._interpreter, self._context, self._builder).differing(pairs)

    def source(self, code: types.CodeType) -> Source | None:
        """Give the source of a code object of the session; None if it is not known."""
        return self._codes.source(code)

    # --- after a form

    def _note(self, codes: tuple[types.CodeType | None, ...]) -> None:
        """Take note of code that is going to run."""
        form = self._interpreter.form
        if form is not self._form:  # also when one form's macro has others compiled again, in its midst
            self._paused[id(self._form)] = (self._form, self._form_codes, self._anonymous_before)
            begun = (form, 0, self._anonymous)
            self._form, self._form_codes, self._anonymous_before = self._paused.pop(id(form), begun)
        self._anonymous = self._interpreter.compiler.anonymous
        for code in codes:
            if code is None:
                continue
            self._executed.append(code)
            if form is not None and any(isinstance(constant, types.CodeType) for constant in code.co_consts):
                source = Source(form.text, isinstance(form, HyForm), self._anonymous_before, (self._form_codes,))
                self._codes.note_source(code, source, is_fresh=True)
            self._form_codes += 1

    def _safely(self, reached: set[Group] | None) -> Delta:
        """Give a delta; should that fail, forget what was told and tell everything anew: no form ends the evaluator."""
        try:
            return self._delta(reached)
        except Exception as problem:
            traceback.print_exception(problem, file=sys.__stderr__)
        former = set(self._groups.by_id)
        self._groups.clear()
        self._bindings.forget()
        delta = self._delta(None)
        delta.gone = sorted({*delta.gone, *former} - delta.set.keys())
        return delta

    def _delta(self, reached: set[Group] | None) -> Delta:
        delta = Delta()
        bound, removed = self._bindings.changes()
        suspects = reached if reached is not None else set(self._groups.by_id.values())
        checked = [group for group in suspects if group.kind in (Kind.PLAIN, Kind.MUTABLE, Kind.LOST)]
        with bounded_recursion(), uncollected(), self._context.hidden_module():
            if bound or removed or checked:
                Regrouping(self._context, self._groups, delta).look(checked, bound, removed)
            self._aside.tell(delta, reached, bound, self._mentioned)
        for name in bound:
            self._names.add(name)
        if bound or removed:
            self._bindings.settle_changes(bound, removed)
        self._executed.clear()
        self._form = None
        self._paused.clear()
        self._look_for_finalizers(delta.set)
        delta.not_kept = self._not_kept()
        return delta

    def _look_for_finalizers(self, ids: Iterable[str]) -> None:
        """Take note of groups with classes whose objects run code when the last name lets go of them."""
        groups = map(self._groups.by_id.get, ids)
        self._is_haunted |= any(FINALIZER in group.mentions for group in groups if group is not None)

    def _reached(self) -> set[Group] | None:
        """Give the groups that the code that ran could have reached; None for all."""
        is_busy = self._is_busy()
        seen = mentions(self._executed)
        reached = self._followed(seen)
        self._mentioned = frozenset(seen)
        if not self._is_haunted:
            others = self._groups.by_id.values() if reached is None else ()
            self._is_haunted = has_hook(seen) or any(has_hook(group.mentions) for group in others)
        return None if is_busy or self._is_haunted or self._aside.has_hook else reached

    def _followed(self, seen: set[str]) -> set[Group] | None:
        """Give the groups that code with some names could have reached; None for all.  Adds the names that it sees."""
        found: set[Group] = set()
        todo = [*seen, *self._macro_mentions()]
        seen.update(todo)
        while todo:
            name = todo.pop()
            origins = self._aside.origins(name)
            if origins is None:
                return None
            for slot in (*self._names.slots(name), *origins):
                group = self._groups.of(slot)
                if group in found:
                    continue
                if group is None:
                    more = self._lent_mentions(slot)
                elif group.kind is Kind.LOST:  # what it holds is not known
                    return None
                else:
                    found.add(group)
                    more = group.mentions
                todo += more - seen
                seen |= more
        return None if is_opaque(seen) else found

    def _lent_mentions(self, name: str) -> frozenset[str]:
        """Give what a function mentions that was lent to the session and is not one of its bindings."""
        value = self._context.held.get(name)
        if isinstance(value, types.FunctionType) and value.__globals__ is self._context.namespace:
            return self._codes.take_apart(value.__code__).names
        return frozenset()

    def _macro_mentions(self) -> set[str]:
        """Give what macros mention: a form may have been expanded by any of them."""
        groups = map(self._groups.of, self._names.macros)
        return {mentioned for group in groups if group is not None for mentioned in group.mentions}

    def _is_busy(self) -> bool:
        """Say whether anything else may have run since the last delta: a process, a thread, what takes the output."""
        before, self._turns = self._turns, background_turns()
        had_threads, self._has_threads = self._has_threads, threading.active_count() > 1 or "calls" in holds()
        has_run = before != self._turns or had_threads or self._has_threads
        return has_run or sys.stdout is not self._output or sys.stderr is not self._errors

    def _not_kept(self) -> dict[str, str]:
        lost = {user_name(name): reason for name, reason in self._groups.lost.items() if is_users(name)}
        return {**lost, **self._aside.lost}

    def _code_of(self, source: Source, looks: tuple[Any, ...]) -> types.CodeType | None:
        return code_of(self._interpreter, source, looks)
