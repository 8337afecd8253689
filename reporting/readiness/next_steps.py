"""What a leader can do next, and what leader and team can talk about: sentences chosen by what stands out."""

from reporting.numbers import Language
from reporting.readiness.build import ReadinessReport
from reporting.readiness.guidance import Asked
from reporting.readiness.phrases import say
from reporting.readiness.text import component_title, inside, quadrant, title_of


def tasks(report: ReadinessReport, language: Language) -> list[str]:
    """What a leader at this place on the map can do next; empty when the instrument suggests nothing for it."""
    return [title_of(text, "", language) for text in report.tasks.texts] if report.tasks else []


def tasks_note(report: ReadinessReport, language: Language) -> str:
    """Which place the tasks fit, in careful words where an interval reaches over the middle."""
    if report.tasks is None:
        return ""
    where = quadrant(report, report.tasks.position, language)
    return say("tasks_near_note" if report.tasks.near else "tasks_note", language, where=where)


def questions(report: ReadinessReport, language: Language) -> list[str]:
    """What a leader and the team can talk about, strengths first: the instrument's own questions when any fits."""
    if report.prompts:
        return [_prompt(report, it, language) for it in report.prompts]
    return _usual_questions(report, language)


def _prompt(report: ReadinessReport, it: Asked, language: Language) -> str:
    """A question for any component says which one it is about."""
    text = title_of(it.text, "", language)
    if it.component is None or it.named:
        return text
    return say("prompt_about", language, title=component_title(report, it.component, language), text=text)


def _usual_questions(report: ReadinessReport, language: Language) -> list[str]:
    """The questions where the instrument has none of its own; chosen by what stands out."""
    asked = [say("ask_recognise", language)]
    if report.drivers:
        asked.append(
            say("ask_driver", language, title=inside(component_title(report, report.drivers[0].component, language)))
        )
    if report.barriers:
        title = component_title(report, report.barriers[0].component, language)
        asked.append(say("ask_barrier", language, title=title))
    spread = next((result.key for result in report.total.components if result.spread), None)
    if spread is not None:
        asked.append(say("ask_spread", language, title=component_title(report, spread, language)))
    return [*asked, say("ask_next", language)]
