"""The codings of one document, kept up to date from the journal: after an act only what it touched is read again."""

from bisect import insort
from collections.abc import Iterable

from ipscoding.domain import Coding
from ipscoding.project import codings
from ipscoding.project.store import Project

_QUIET = {"status", "decision", "bookmark"}
_AT_MOST = 200


class LiveCodings:
    """What `codings.of_document` gives, for a screen that asks after every key."""

    def __init__(self, project: Project, document_id: str) -> None:
        self._project = project
        self._document_id = document_id
        self._seen = -1
        self._codings: list[Coding] = []
        self._positions: dict[str, int] = {}

    def read(self) -> list[Coding]:
        """All coders' codings by place; the same list as before where nothing changed, else a new one."""
        touched = self._touched()
        if touched is None:
            self._codings = codings.of_document(self._project, self._document_id)
            self._positions = dict(self._project.tuples("SELECT code, position FROM codes"))
        elif touched:
            self._read_again(touched)
        return self._codings

    def _touched(self) -> set[str] | None:
        """Ids of the codings that were made, changed or removed since; None where all should be read."""
        project, seen = self._project, self._seen
        self._seen = project.value("SELECT coalesce(max(seq), 0) FROM events")
        if seen < 0 or self._seen < seen or self._seen - seen > _AT_MOST:
            return None
        touched: set[str] = set()
        for entity, entity_id, old, new in project.tuples(
            "SELECT entity, entity_id, json_extract(changes, '$.target[0]'), json_extract(changes, '$.target[1]')"
            " FROM events WHERE seq > ?",
            (seen,),
        ):
            if entity == "coding":
                touched.add(entity_id)
            elif entity == "memo":
                target = project.value("SELECT target FROM memos WHERE id = ?", (entity_id,))
                touched.update(filter(None, (old, new, target)))
            elif entity not in _QUIET:
                return None
        return touched

    def _read_again(self, touched: Iterable[str]) -> None:
        touched = set(touched)
        left = [coding for coding in self._codings if coding.id not in touched]
        for coding in codings.by_ids(self._project, touched):
            if coding.document_id == self._document_id:
                insort(left, coding, key=self._place)
        self._codings = left

    def _place(self, coding: Coding) -> tuple[int, int, int, str, str]:
        return coding.span.start, coding.span.end, self._positions.get(coding.code, 0), coding.coder, coding.id
