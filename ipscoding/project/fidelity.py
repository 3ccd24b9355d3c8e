"""Fidelity scores of services, as a project keeps them: one assessment for a site and a date, all its items together.

They are settings of the project (`fidelity/SITE/DATE`), so they travel with it, are merged and undone as those are.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ipscoding.errors import NotFound, near_hint
from ipscoding.i18n import _
from ipscoding.project import journal, settings
from ipscoding.project.store import Project

PREFIX = "fidelity/"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A fidelity review of one site: scores (1 to 5) by the items' ids; `date` as written, empty where not known."""

    site: str
    date: str
    scores: Mapping[str, int]


@dataclass
class Recorded:
    """What recording did, as (site, date)."""

    added: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[tuple[str, str]] = field(default_factory=list)


def all(project: Project) -> list[Assessment]:
    """All assessments, by site and date."""
    known = json.loads(project.value("SELECT settings FROM project") or "{}")
    found = []
    for key, scores in known.items():
        if key.startswith(PREFIX) and scores:
            site, _sign, date = key.removeprefix(PREFIX).rpartition("/")
            found.append(Assessment(site, date, scores))
    return sorted(found, key=lambda one: (one.site, one.date))


def latest(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Of each site the assessment with the last date."""
    by_site: dict[str, Assessment] = {}
    for one in sorted(assessments, key=lambda one: (one.site, one.date)):
        by_site[one.site] = one
    return list(by_site.values())


def record(project: Project, assessments: Iterable[Assessment], *, dry_run: bool = False) -> Recorded:
    """Keep assessments as one act; one of the same site and date takes the place of the earlier one."""
    done = Recorded()
    known = {(one.site, one.date): dict(one.scores) for one in all(project)}
    wanted = {(one.site, one.date): dict(one.scores) for one in assessments}
    sites = ", ".join(dict.fromkeys(site for site, _date in wanted))
    with journal.command(project, "fidelity", dry_run=dry_run, site=sites):
        for (site, date), scores in wanted.items():
            before = known.get((site, date))
            if before == scores:
                done.unchanged.append((site, date))
                continue
            (done.added if before is None else done.changed).append((site, date))
            settings.set(project, f"{PREFIX}{site}/{date}", dict(sorted(scores.items())))
    return done


def remove(project: Project, site: str, date: str | None = None) -> list[Assessment]:
    """Take away the assessments of a site, or the one of this date, as one act; gives them. Raises `NotFound`."""
    every = all(project)
    gone = [one for one in every if one.site == site and date in (None, one.date)]
    if not gone:
        what = _("There are no fidelity scores of {site}").format(site=f"{site} ({date})" if date else site)
        raise NotFound(what, near_hint(site, sorted({one.site for one in every})))
    with journal.command(project, "fidelity-gone", site=site):
        for one in gone:
            settings.set(project, f"{PREFIX}{one.site}/{one.date}", None)
    return gone
