"""The numbers that turn evidence into a belief, and the file they live in."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from troth.traces.origins import ORIGINS

if TYPE_CHECKING:
    from pathlib import Path

    from troth.types import FloatArray

SIGNS = ("for", "against")
FORMAT = 1


class ParameterError(ValueError):
    """A parameter file is not one: the message names the file and the field."""


@dataclass(frozen=True)
class Covariate:
    """A column that shifts the belief beside the evidence: γ·(x − mean)/scale."""

    column: str
    mean: float
    scale: float
    gamma: float


@dataclass(frozen=True)
class Parameters:
    """Weights of the log-evidence belief (docs/explanation/the-formula.md).

    Attributes:
        half_lives_days: (H,) strictly increasing, in days.
        slope: β₀, of the running base rate in log-odds.
        intercept: b.
        beta: (6, 2, H) weights ≥ 0 by origin, sign and half-life.
        c: (6, 2) evidence that counts as one unit of doubt, > 0, by origin and sign.
        tied: whether ``c`` follows the running base rate (the unfitted Beta model).
        strength: s, how many events the prior of one relationship is worth.
        inflation: divisor of the evidence behind an interval, so that it covers what it states.
        lean: factor on the evidence against behind an interval, so that it covers on both sides.
        prior_mean: base rate before any outcome is known.
        prior_events: how many outcomes that prior is worth.
        platt_slope: of the calibration, > 0; multiplies every contribution.
        platt_intercept: of the calibration.
        kinds: factor on the mass of an event kind; 1 where not named.
        covariates: columns that shift the belief; empty by default.
        stamp: where the numbers come from: version, data fingerprint, figures, seed.
    """

    half_lives_days: tuple[float, ...]
    slope: float
    intercept: float
    beta: FloatArray
    c: FloatArray
    tied: bool = False
    strength: float = 4.0
    inflation: float = 1.0
    lean: float = 1.0
    prior_mean: float = 0.5
    prior_events: float = 1.0
    platt_slope: float = 1.0
    platt_intercept: float = 0.0
    kinds: dict[str, float] = field(default_factory=dict)
    covariates: tuple[Covariate, ...] = ()
    stamp: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse weights that would break the promise that good evidence never lowers a belief."""
        shape = (len(ORIGINS), 2, len(self.half_lives_days))
        for name, ok in (
            ("beta", self.beta.shape == shape and bool((self.beta >= 0).all())),
            ("c", self.c.shape == shape[:2] and bool((self.c > 0).all())),
            ("strength", self.strength > 0),
            ("inflation", self.inflation > 0),
            ("lean", self.lean > 0),
            ("prior_mean", 0 < self.prior_mean < 1),
            ("platt_slope", self.platt_slope > 0),
            ("slope", self.slope >= 0),
        ):
            if not ok:
                msg = f"parameter {name!r} has the wrong shape or sign"
                raise ParameterError(msg)

    def concentration(self, mean: float) -> FloatArray:
        """``c`` at a running base rate: (6, 2)."""
        if not self.tied:
            return self.c
        return np.tile(self.strength * np.array([mean, 1 - mean]), (len(ORIGINS), 1))

    def running_mean(self, successes: FloatArray | float, count: FloatArray | float) -> Any:
        """μ(T): the base rate of strictly earlier outcomes, drawn to the prior while they are few."""
        return (successes + self.prior_mean * self.prior_events) / (count + self.prior_events)

    def baseline(self, mean: FloatArray | float) -> Any:
        """The calibrated log-odds before any evidence about the parties is added."""
        logit = np.log(mean) - np.log1p(-np.asarray(mean))
        return self.platt_slope * (self.slope * logit + self.intercept) + self.platt_intercept

    def to_dict(self) -> dict[str, Any]:
        """A plain dictionary, as it is written to TOML and JSON."""
        return {
            "format": FORMAT,
            "half_lives_days": list(self.half_lives_days),
            "slope": self.slope,
            "intercept": self.intercept,
            "strength": self.strength,
            "inflation": self.inflation,
            "lean": self.lean,
            "tied": self.tied,
            "platt_slope": self.platt_slope,
            "platt_intercept": self.platt_intercept,
            "prior": {"mean": self.prior_mean, "events": self.prior_events},
            "beta": {
                origin: {sign: self.beta[i, j].tolist() for j, sign in enumerate(SIGNS)}
                for i, origin in enumerate(ORIGINS)
            },
            "c": {
                origin: {sign: float(self.c[i, j]) for j, sign in enumerate(SIGNS)}
                for i, origin in enumerate(ORIGINS)
            },
            "kinds": dict(self.kinds),
            "covariates": {
                v.column: {"mean": v.mean, "scale": v.scale, "gamma": v.gamma}
                for v in self.covariates
            },
            "stamp": self.stamp,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read what ``to_dict`` wrote.

        Raises:
            ParameterError: a field is missing or not what it should be; the message names it.
        """
        try:
            return cls(
                half_lives_days=tuple(float(h) for h in data["half_lives_days"]),
                slope=float(data["slope"]),
                intercept=float(data["intercept"]),
                beta=np.array(
                    [[data["beta"][o][s] for s in SIGNS] for o in ORIGINS], dtype=np.float64
                ),
                c=np.array([[data["c"][o][s] for s in SIGNS] for o in ORIGINS], dtype=np.float64),
                tied=bool(data.get("tied", False)),
                strength=float(data["strength"]),
                inflation=float(data["inflation"]),
                lean=float(data.get("lean", 1.0)),
                prior_mean=float(data["prior"]["mean"]),
                prior_events=float(data["prior"]["events"]),
                platt_slope=float(data["platt_slope"]),
                platt_intercept=float(data["platt_intercept"]),
                kinds={str(k): float(v) for k, v in data.get("kinds", {}).items()},
                covariates=tuple(
                    Covariate(str(k), float(v["mean"]), float(v["scale"]), float(v["gamma"]))
                    for k, v in data.get("covariates", {}).items()
                ),
                stamp=dict(data.get("stamp", {})),
            )
        except KeyError as error:
            msg = f"field {error.args[0]!r} is missing"
            raise ParameterError(msg) from error
        except (TypeError, ValueError) as error:
            raise ParameterError(str(error)) from error


def write_parameters(parameters: Parameters, path: Path) -> None:
    """Write a parameter file, whole or not at all."""
    import tomli_w

    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(tomli_w.dumps(parameters.to_dict()).encode())
    temporary.replace(path)


def read_parameters(path: Path) -> Parameters:
    """Read a parameter file.

    Raises:
        ParameterError: the file is missing, not TOML, or a field is wrong; the message names both.
    """
    try:
        return Parameters.from_dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ParameterError) as error:
        msg = f"{path}: {error}"
        raise ParameterError(msg) from error


@cache
def default_parameters() -> Parameters:
    """The parameters that ship (content/parameters.toml): the shared Beta model, unfitted."""
    data = tomllib.loads((files("troth.content") / "parameters.toml").read_text(encoding="utf-8"))
    share = np.asarray(data["half_lives"]["share"], dtype=np.float64)
    weights = np.array([data["origins"][origin] for origin in ORIGINS])
    mean, strength = data["prior"]["mean"], data["strength"]
    return Parameters(
        half_lives_days=tuple(data["half_lives_days"]),
        slope=data["slope"],
        intercept=data["intercept"],
        beta=np.repeat((weights[:, None] * share[None, :])[:, None, :], 2, axis=1),
        c=np.tile(np.array([strength * mean, strength * (1 - mean)]), (len(ORIGINS), 1)),
        tied=data["tied"],
        strength=strength,
        inflation=data["inflation"],
        lean=data["lean"],
        prior_mean=mean,
        prior_events=data["prior"]["events"],
        platt_slope=data["platt_slope"],
        platt_intercept=data["platt_intercept"],
        stamp={"source": "shipped, unfitted"},
    )
