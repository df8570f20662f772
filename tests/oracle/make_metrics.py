#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hilum authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the tables metrics-*.csv: small cases with what other programs make of them.

Areas, calibration and Brier scores by scikit-learn, their variances by DeLong's definition over all pairs (no ranks), p by SciPy;
McNemar and kappa by statsmodels, Matthews by scikit-learn, intervals by SciPy's bootstrap. Run with Debian's python3-sklearn and
python3-statsmodels; metrics-versions.txt names the versions that were.
"""
import csv
import numpy as np
import scipy
import scipy.stats
import sklearn
import sklearn.calibration
import sklearn.metrics
import statsmodels
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.inter_rater import cohens_kappa

VERSIONS = (f"numpy {np.__version__}, scipy {scipy.__version__}, "
            f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}")


def components(score, truth):
    high, low = score[truth == 1], score[truth == 0]
    above = (high[:, None] > low[None, :]) + 0.5 * (high[:, None] == low[None, :])
    return above.mean(1), above.mean(0)


def covariance(a, b):
    return np.cov(a[0], b[0])[0, 1] / len(a[0]) + np.cov(a[1], b[1])[0, 1] / len(a[1])


def number(value):
    return repr(float(value))


def areas():
    random = np.random.default_rng(20200401)
    for name, films, share, steps in (("plain", 40, 0.5, 0), ("ties", 60, 0.4, 5), ("rare", 80, 0.05, 0),
                                      ("many ties", 50, 0.5, 2), ("two a side", 4, 0.5, 0)):
        truth = np.zeros(films, int)
        truth[: max(2, round(films * share))] = 1
        random.shuffle(truth)
        first = truth * 0.8 + random.normal(size=films)
        second = truth * 0.3 + 0.5 * first + random.normal(size=films)
        if steps:
            first, second = (np.round(np.clip((s + 2) / 5, 0, 1) * steps) / steps for s in (first, second))
        first, second = first.round(6), second.round(6)
        a, b = components(first, truth), components(second, truth)
        variance = covariance(a, a) + covariance(b, b) - 2 * covariance(a, b)
        difference = sklearn.metrics.roc_auc_score(truth, first) - sklearn.metrics.roc_auc_score(truth, second)
        p = 2 * scipy.stats.norm.sf(abs(difference) / np.sqrt(variance)) if variance > 1e-15 else 1.0
        yield [name, "".join(map(str, truth)), " ".join(map(number, first)), " ".join(map(number, second)),
               number(sklearn.metrics.roc_auc_score(truth, first)), number(np.sqrt(covariance(a, a))),
               number(sklearn.metrics.roc_auc_score(truth, second)), number(np.sqrt(covariance(b, b))),
               number(np.sqrt(max(variance, 0))), number(p)]


def agreements():
    for counts in ([[24, 1, 3], [0, 102, 7], [1, 12, 75]], [[21, 3], [0, 101]], [[5, 0], [0, 5]],
                   [[10, 10], [10, 10]], [[0, 3], [12, 4]], [[200, 30], [14, 150]]):
        matrix = np.array(counts)
        truth = np.repeat(np.arange(len(matrix)), matrix.sum(1))
        called = np.concatenate([np.repeat(np.arange(len(matrix)), row) for row in matrix])
        kappa = cohens_kappa(matrix)
        b, c = int(matrix[0, 1]), int(matrix[1, 0])
        exact = b + c < 25
        test = mcnemar([[0, b], [c, 0]], exact=exact, correction=True)
        yield [" ".join(str(n) for n in matrix.ravel()), number(kappa.kappa), number(kappa.std_kappa),
               number(sklearn.metrics.matthews_corrcoef(truth, called)), int(exact),
               number(min(1.0, test.pvalue) if b + c else 1.0)]


def calibrations():
    random = np.random.default_rng(7)
    for name, films, bins, strategy, steps in (("width", 200, 10, "uniform", 0), ("mass", 200, 10, "quantile", 0),
                                               ("width, ties", 120, 5, "uniform", 10),
                                               ("mass, ties", 120, 5, "quantile", 4)):
        probability = random.beta(0.6, 0.9, films).round(4)
        if steps:
            probability = np.round(probability * steps) / steps
        outcome = (random.random(films) < probability ** 1.4).astype(int)
        rate, mean = sklearn.calibration.calibration_curve(outcome, probability, n_bins=bins, strategy=strategy)
        edges = (np.linspace(0, 1, bins + 1) if strategy == "uniform"
                 else np.percentile(probability, np.linspace(0, 1, bins + 1) * 100))
        counts = np.bincount(np.searchsorted(edges[1:-1], probability), minlength=bins)
        counts = counts[counts > 0]
        yield [name, bins, strategy, "".join(map(str, outcome)), " ".join(map(number, probability)),
               " ".join(map(str, counts)), " ".join(map(number, mean)), " ".join(map(number, rate)),
               number((counts * abs(rate - mean)).sum() / films),
               number(sklearn.metrics.brier_score_loss(outcome, probability))]


def intervals():
    random = np.random.default_rng(11)
    for name, values in (("skewed", random.exponential(size=30).round(4)),
                         ("normal", random.normal(3, 1, size=60).round(4))):
        found = {method: scipy.stats.bootstrap((values,), np.mean, n_resamples=200000, batch=10000, method=method,
                                               random_state=np.random.default_rng(1))
                 for method in ("percentile", "BCa")}
        yield [name, " ".join(map(number, values)), number(values.mean()),
               number(found["BCa"].standard_error),
               *(number(end) for method in ("percentile", "BCa") for end in found[method].confidence_interval)]


def write(name, head, rows):
    with open(name, "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(head)
        table.writerows(rows)


write("metrics-auc.csv", ["case", "truth", "first", "second", "area1", "se1", "area2", "se2", "se", "p"], areas())
write("metrics-agreement.csv", ["counts", "kappa", "se", "matthews", "exact", "p"], agreements())
write("metrics-calibration.csv", ["case", "bins", "strategy", "outcome", "probability", "counts", "mean", "rate",
                                  "ece", "brier"], calibrations())
write("metrics-bootstrap.csv", ["case", "values", "mean", "se", "percentile_low", "percentile_high", "bca_low",
                                "bca_high"], intervals())
with open("metrics-versions.txt", "w") as file:
    file.write(VERSIONS + "\n")
