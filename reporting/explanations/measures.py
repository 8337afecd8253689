"""Each measure of a readiness result: where it lives, its formula, the rules that have a say, and its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["cell", "component", "item"]

OURS = "Vi lærer sammen"
JAMES = "James, Demaree & Wolf (1984), J. Applied Psychology 69(1), 85-98"
BLIESE = (
    "Bliese (2000), in Klein & Kozlowski (eds.), Multilevel theory, research, and methods in organizations, 349-381"
)
LEBRETON = "LeBreton & Senter (2008), Organizational Research Methods 11(4), 815-852"
CRONBACH = "Cronbach (1951), Psychometrika 16, 297-334"
MCDONALD = (
    "McDonald (1999), Test Theory: A Unified Treatment, eq. 6.20b; Harman & Jones (1966), Psychometrika 31, 351-368"
)
STUDENT = "Student (1908), Biometrika 6, 1-25"
COCHRAN = "Cochran (1977), Sampling Techniques, eq. 2.20"
WELCH = "Welch (1947), Biometrika 34, 28-35; Satterthwaite (1946), Biometrics Bulletin 2, 110-114"
HALLE = "Halle et al. (2019), OPRE Report 2019-63"


@dataclass(frozen=True, slots=True)
class Measure:
    """`fields` are the places in a result that hold the value (two for an interval), `inputs` the published numbers it
    is made of, `rules` the cut-offs of the instrument that have a say."""

    levels: tuple[Level, ...]
    formula: str
    source: str
    fields: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


_CLASSES = ("driver_score", "driver_positive_share", "barrier_score", "barrier_negative_share")

MEASURES: Mapping[str, Measure] = {
    "n": Measure(("cell", "component", "item"), "", OURS, ("n",), rules=("min_n_mean", "min_n_distribution")),
    "invited": Measure(("cell", "component"), "", OURS, ("invited",)),
    "response_rate": Measure(("cell", "component"), "n / N", OURS, ("response_rate",), ("n", "invited")),
    "readiness": Measure(("cell",), "", HALLE, ("readiness",), rules=("readiness",)),
    "readiness_mean": Measure(("cell",), "Σ p / P", HALLE, ()),
    "readiness_min": Measure(("cell",), "min p", HALLE, ()),
    "readiness_geometric_mean": Measure(("cell",), "(Π p)^(1 / P)", HALLE, ()),
    "position": Measure(("cell",), "", HALLE, ("position",), rules=("barrier_score", "driver_score")),
    "mean": Measure(("component", "item"), "x̄ = Σ x / n", OURS, ("mean",), ("n",)),
    "sd": Measure(("component",), "s = √(Σ (x − x̄)² / (n − 1))", OURS, ("sd",), ("n",)),
    "score": Measure(("component", "item"), "(x̄ − min) / (max − min) · 100", OURS, ("score",), ("mean",)),
    "ci": Measure(("component",), "x̄ ± t(.975; n − 1) · s / √n", STUDENT, ("ci_low", "ci_high"), ("mean", "sd", "n")),
    "score_ci": Measure(
        ("component",), "(x̄ ± t(.975; n − 1) · s / √n − min) / (max − min) · 100", STUDENT,
        ("score_ci_low", "score_ci_high"), ("mean", "sd", "n"),
    ),
    "fpc_ci": Measure(
        ("component",), "x̄ ± t(.975; n − 1) · s / √n · √(1 − n / N)", COCHRAN,
        ("fpc_ci_low", "fpc_ci_high"), ("mean", "sd", "n"),
    ),
    "unit_mean": Measure(("component",), "Σ x̄ᵤ / U", OURS, ("unit_mean",)),
    "positive_share": Measure(("component", "item"), "", OURS, ("positive_share",), rules=("min_n_distribution",)),
    "negative_share": Measure(("component", "item"), "", OURS, ("negative_share",), rules=("min_n_distribution",)),
    "distribution": Measure(("item",), "", OURS, ("distribution",), ("n",), ("min_n_distribution",)),
    "rwg": Measure(
        ("item",), "1 − s² / ((A² − 1) / 12)", JAMES, ("rwg",), ("n", "distribution"), ("min_n_distribution",),
    ),
    "rwg_j": Measure(
        ("component",), "J(1 − q) / (J(1 − q) + q), q = s̄² / ((A² − 1) / 12)", JAMES, ("rwg_j",), ("n",),
    ),
    "agreement_band": Measure(("component", "item"), "", LEBRETON, ("agreement_band",)),
    "spread": Measure(("component",), "rwg(j) < spread_rwg", JAMES, ("spread",), ("rwg_j",), ("spread_rwg",)),
    "icc1": Measure(("component",), "(MSB − MSW) / (MSB + (k − 1) MSW)", BLIESE, ("icc1",)),
    "icc2": Measure(("component",), "(MSB − MSW) / MSB", BLIESE, ("icc2",)),
    "icc1_band": Measure(("component",), "", LEBRETON, (), ("icc1",)),
    "icc2_band": Measure(("component",), "", LEBRETON, (), ("icc2",)),
    "alpha": Measure(
        ("component",), "J / (J − 1) · (1 − Σ sᵢ² / s²(Σ xᵢ))", CRONBACH, ("alpha",), ("n",), ("min_n_reliability",),
    ),
    "alpha_standardised": Measure(
        ("component",), "J / (J − 1) · (1 − J / Σ rᵢⱼ)", CRONBACH, ("alpha_standardised",), ("n",),
        ("min_n_reliability",),
    ),
    "omega": Measure(
        ("component",), "(Σ λᵢ)² / ((Σ λᵢ)² + Σ (1 − λᵢ²))", MCDONALD, ("omega",), ("n",), ("min_n_reliability",),
    ),
    "classification": Measure(
        ("component", "item"), "", OURS, ("classification",), ("score", "positive_share", "negative_share"), _CLASSES,
    ),
    "change": Measure(("cell", "component"), "d ± t(.975; v) · √(s₁² / n₁ + s₂² / n₂)", WELCH, ()),
    "response_shift": Measure(("cell",), "n₁ / N₁ − n₀ / N₀", OURS, ()),
}  # fmt: skip
"""In the order people ask for them."""

SINCE = ("change", "response_shift")
"""Those that need an earlier round."""

OF_THE_CELL = ("invited", "response_rate")
"""Those a component only repeats."""

MEASURE_OF: Mapping[str, str] = {field: name for name, measure in MEASURES.items() for field in measure.fields}
"""The measure that explains a field of the results, such as `ci` for `ci_low`."""
