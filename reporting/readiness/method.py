"""The page that says how the numbers were made: each rule in words, its formula, its source and its version."""

from reporting.document import code_for
from reporting.numbers import Language, decimal, listing, moment, percent, whole
from reporting.readiness.build import ReadinessReport
from reporting.readiness.change_text import change_method
from reporting.readiness.phrases import say
from reporting.readiness.text import answer_label, component_title, inside, n_is, title_of


def how_to_read(report: ReadinessReport, language: Language) -> list[str]:
    """The few things one must know to read the charts."""
    rules = report.instrument.rules
    lines = [say("read_score", language), say("read_band", language)]
    compared = [it.kind for it in report.comparisons if it.scores]
    if compared:
        lines.append(say("read_ticks" if len(compared) > 1 else f"read_tick_{compared[0]}", language))
    primary = _primary(report, language)
    if primary:
        lines.append(say("primary_apart", language, primary=primary))
    lines.append(
        say(
            "read_minimum",
            language,
            mean=whole(rules.min_n_mean, language=language),
            distribution=whole(rules.min_n_distribution, language=language),
        )
    )
    return [*lines, say("read_talk", language)]


def _primary(report: ReadinessReport, language: Language) -> str:
    """The primary components as a list, when there are others to keep them apart from."""
    components = report.instrument.components
    primary = [component.key for component in components if component.kind == "primary"]
    if len(primary) < 2 or len(primary) == len(components):
        return ""
    first, *rest = [component_title(report, key, language) for key in primary]
    return listing([first, *map(inside, rest)], language=language)


def band_note(report: ReadinessReport, language: Language) -> str:
    """What the band under a dot is about, what a diamond is, and which places could not be laid beside."""
    if report.finite and report.total.invited is not None:
        certain = not any(value.uncertain for value in report.estimates.values())
        key = "band_full" if certain else "band_finite"
        about = say(key, language, invited=whole(report.total.invited, language=language))
    else:
        about = say("band_general", language)
    barrier = any(result.classification == "barrier" for result in report.total.components)
    return " ".join([about, *([say("diamond", language)] if barrier else []), *_not_compared(report, language)])


def _not_compared(report: ReadinessReport, language: Language) -> list[str]:
    """For each place around, the components it has no tick for though this place has a dot."""
    said = []
    for around in report.comparisons:
        hidden = [key for key in report.estimates if key not in around.scores]
        if hidden:
            titles = listing([inside(component_title(report, key, language)) for key in hidden], language=language)
            said.append(say("hidden_compared", language, place=around.name, titles=titles))
    return said


def answers_note(report: ReadinessReport, language: Language) -> str:
    """How the bars of the answers are to be read, or why there are none."""
    instrument = report.instrument
    shown = any(it.distribution for result in report.total.components for it in result.items)
    if not shown:
        minimum = whole(instrument.rules.min_n_distribution, language=language)
        return say("answers_few_note", language, minimum=minimum)
    key = "answers_note" if any(item.reverse for item in instrument.items) else "answers_note_plain"
    low, high = (answer_label(instrument.scale, at, language) for at in (instrument.scale.min, instrument.scale.max))
    return say(key, language, low=low, **({} if key == "answers_note" else {"high": high}))


def method(report: ReadinessReport, language: Language) -> list[tuple[str, str]]:
    """Term and explanation, one after the other."""
    instrument, rules = report.instrument, report.instrument.rules
    shares = sorted({component.min_answered_share for component in instrument.components})
    answered = listing([percent(share, language=language) for share in shares], language=language)
    entries = [
        ("score", {"share": answered}),
        ("mean", {}),
        ("interval_finite" if report.finite else "interval", {}),
        ("agreement", {"spread": decimal(rules.spread_rwg, language=language, digits=2)}),
        ("classification", thresholds(report, language)),
        (
            "anonymity",
            {
                "mean": whole(rules.min_n_mean, language=language),
                "distribution": whole(rules.min_n_distribution, language=language),
            },
        ),
    ]
    if report.total.readiness is not None or _primary(report, language):
        entries.insert(2, (f"readiness_{rules.readiness}", {}))
    if report.total.readiness is not None:
        entries.insert(3, ("rules", _by_rule(report, language)))
    if report.map is not None:
        entries.insert(-1, ("split", {"split": decimal(report.map.split, language=language)}))
    reliable = _reliable(report, language)
    if reliable:
        minimum = whole(rules.min_n_reliability, language=language)
        values = {"minimum": minimum, "reliable": listing(reliable, language=language)}
        entries.insert(-1, ("reliability", values))
    entries[-1:-1] = change_method(report, language)
    if not report.estimates:
        entries = entries[-1:]
    explained = [
        (say(f"method_{key.split('_')[0]}_term", language), say(f"method_{key}", language, **values))
        for key, values in entries
    ]
    return [*explained, (say("method_versions_term", language), _versions(report, language))]


def _by_rule(report: ReadinessReport, language: Language) -> dict[str, str]:
    return {rule: decimal(value, language=language) for rule, value in report.readiness_by_rule.items()}


def _reliable(report: ReadinessReport, language: Language) -> list[str]:
    """Alpha and omega of each component that has them."""
    found = []
    for result in report.total.components:
        named = (("alpha", result.alpha), ("omega", result.omega))
        written = [
            f"{say(name, language)} {decimal(value, language=language, digits=2)}"
            for name, value in named
            if value is not None
        ]
        if written:
            found.append(f"{component_title(report, result.key, language)} ({', '.join(written)})")
    return found


def thresholds(report: ReadinessReport, language: Language) -> dict[str, str]:
    """The cut-offs of drivers and barriers, as of this instrument version."""
    rules = report.instrument.rules
    return {
        "driver": whole(rules.driver_score, language=language),
        "positive": percent(rules.driver_positive_share, language=language),
        "barrier": whole(rules.barrier_score, language=language),
        "negative": percent(rules.barrier_negative_share, language=language),
    }


def _versions(report: ReadinessReport, language: Language) -> str:
    return say(
        "method_versions", language,
        instrument=title_of(report.instrument.title, report.instrument.key, language),
        instrument_key=report.instrument.key, version=str(report.instrument.version),
        rules=report.versions.rules, software=report.versions.software,
        closed=moment(report.closed_at, language=language), code=code_for(report),
    )  # fmt: skip


def footer(report: ReadinessReport, language: Language) -> str:
    """Data time, versions and n, at the foot of every page."""
    n, instrument = report.total.n, f"{report.instrument.key} v{report.instrument.version}"
    own = report.versions.rules == instrument  # the rules came with the questionnaire: said once
    return say(
        "footer_own_rules" if own else "footer", language,
        moment=moment(report.closed_at, language=language),
        instrument=instrument,
        **{} if own else {"rules": report.versions.rules},
        n=say("few_n", language)
        if n is None else n_is(n, language),
    )  # fmt: skip
