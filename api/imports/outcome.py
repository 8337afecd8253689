"""What an import did, or would do."""

from dataclasses import dataclass, field

from domain.issues import RowIssue


@dataclass(frozen=True, slots=True)
class Counts:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`issues` are reasons to refuse the whole file; `notes` say what was assumed while reading it (a code each)."""

    total: Counts
    tables: dict[str, Counts] = field(default_factory=dict)
    issues: tuple[RowIssue, ...] = ()
    notes: tuple[RowIssue, ...] = ()

    @property
    def refused(self) -> bool:
        return bool(self.issues)
