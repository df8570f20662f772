#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hilum authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the tables metrics-*.csv: small cases with what other programs make of them.

Areas, calibration and Brier scores by scikit-learn, their variances by DeLong's definition over all pairs (no ranks), p by SciPy;
McNemar and kappa by statsmodels, Matthews by scikit-learn, intervals by SciPy's bootstrap. Run with Debian's python3-sklearn and
python3-statsmodels; metrics-versions.txt names the versions that were.

Numbers of classes, curves, average precision and areas over classes by scikit-learn; what it calls 0 with a warning because there is
nothing to divide by is nan here. Boxes by NumPy's percentiles, values at a prevalence by the papers' formulae, Wilson intervals by
statsmodels.
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
from statsmodels.stats.proportion import proportion_confint

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


def numbers(values):
    return " ".join(map(number, values))


def scored(random, films, classes, sharpness, steps, weights=None):
    """Truths and probabilities that tell something of them; `steps` makes ties."""
    truth = random.choice(classes, films, p=weights)
    logits = random.normal(size=(films, classes)) + sharpness * np.eye(classes)[truth]
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    if steps:
        p = np.floor(p * steps) / steps
        p[:, -1] = 1 - p[:, :-1].sum(1)
    return truth, p.round(6)


def curves():
    random = np.random.default_rng(23)
    for name, films, steps, weights in (("plain", 60, 0, None), ("ties", 80, 6, None), ("rare", 90, 0, [0.95, 0.05]),
                                        ("all the same", 20, 1, None), ("one positive", 12, 0, "one"),
                                        ("one negative", 12, 4, "other")):
        truth, p = scored(random, films, 2, 1.0, steps, None if isinstance(weights, str) else weights)
        if isinstance(weights, str):
            truth = np.full(films, 0 if weights == "one" else 1)
            truth[5] = 1 - truth[5]
        score = p[:, 1]
        fpr, tpr, _ = sklearn.metrics.roc_curve(truth, score)
        precision, recall, _ = sklearn.metrics.precision_recall_curve(truth, score)
        steps_up = np.unique(score)[::-1]
        youden = max(steps_up, key=lambda t: ((score[truth == 1] >= t).mean() - (score[truth == 0] >= t).mean(), t))
        net = [((score >= t) & (truth == 1)).mean() - ((score >= t) & (truth == 0)).mean() * t / (1 - t)
               for t in (0.1, 0.25, 0.5, 0.75)]
        yield [name, "".join(map(str, truth)), numbers(score), numbers(fpr), numbers(tpr), numbers(precision[::-1]),
               numbers(recall[::-1]), number(sklearn.metrics.average_precision_score(truth, score)),
               number(sklearn.metrics.roc_auc_score(truth, score)), number(youden), numbers(net)]


def classes():
    random = np.random.default_rng(31)
    cases = [("three", *scored(random, 90, 3, 1.2, 0)), ("ties", *scored(random, 80, 3, 1.0, 4)),
             ("four, uneven", *scored(random, 120, 4, 0.8, 0, [0.7, 0.2, 0.07, 0.03])), ("two", *scored(random, 50, 2, 1.0, 0))]
    truth, p = scored(random, 40, 3, 1.5, 0)
    truth[truth == 1] = 2
    cases.append(("empty class", truth, p))
    truth, p = scored(random, 40, 3, 1.5, 0)
    truth[truth == 1] = 0
    truth[7] = 1
    cases.append(("one of a class", truth, p))
    truth, p = scored(random, 30, 3, 1.0, 0)
    p[:, 1] = 0
    p[:, 2] = 1 - p[:, 0]
    cases.append(("never called", truth, p))
    for name, truth, p in cases:
        count = p.shape[1]
        called = p.argmax(1)
        matrix = sklearn.metrics.confusion_matrix(truth, called, labels=range(count))
        films, calls, hits = matrix.sum(1), matrix.sum(0), np.diag(matrix)
        precision, recall, f1, _ = sklearn.metrics.precision_recall_fscore_support(truth, called, labels=range(count),
                                                                                   zero_division=0)
        precision = np.where(calls > 0, precision, np.nan)
        recall = np.where(films > 0, recall, np.nan)
        f1 = np.where(films + calls > 0, f1, np.nan)
        specificity = [sklearn.metrics.recall_score(truth != c, called != c) if films[c] < len(truth) else np.nan
                       for c in range(count)]
        there = [0 < films[c] < len(truth) for c in range(count)]
        auc = [sklearn.metrics.roc_auc_score(truth == c, p[:, c]) if there[c] else np.nan for c in range(count)]
        precise = [sklearn.metrics.average_precision_score(truth == c, p[:, c]) if films[c] else np.nan for c in range(count)]
        onehot = np.eye(count)[truth]
        if all(there) and count > 2:
            kinds = [sklearn.metrics.roc_auc_score(truth, p, multi_class=kind, average="macro") for kind in ("ovr", "ovo")]
        else:  # scikit-learn wants every class; the same means over those that are there
            pairs = [sklearn.metrics.roc_auc_score(truth[both] == a, p[both, a]) for a in range(count) for b in range(count)
                     if a != b and films[a] and films[b] for both in [(truth == a) | (truth == b)]]
            kinds = [np.nanmean(auc), np.mean(pairs)]
        confidence, right = p.max(1), (called == truth)
        width = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
        ece = sum(abs(right[width == b].sum() - confidence[width == b].sum()) for b in range(15)) / len(truth)
        edges = np.unique(np.percentile(confidence, np.arange(1, 15) / 15 * 100))
        mass = np.searchsorted(edges, confidence)
        equal_mass = sum(abs(right[mass == b].sum() - confidence[mass == b].sum()) for b in range(15)) / len(truth)
        brier = ((p - onehot) ** 2).sum(1).mean() / (2 if count == 2 else 1)
        balanced = np.nanmean(recall)
        yield [name, count, " ".join(map(str, truth)), numbers(p.ravel()), numbers(recall), numbers(specificity), numbers(precision),
               numbers(f1), numbers(auc), numbers(precise), number(sklearn.metrics.accuracy_score(truth, called)), number(balanced),
               number(cohens_kappa(matrix).kappa), number(sklearn.metrics.matthews_corrcoef(truth, called)), number(kinds[0]),
               number(kinds[1]), number(brier), number(ece), number(equal_mass)]


def film_intervals():
    random = np.random.default_rng(47)
    for name, films, steps in (("plain", 60, 0), ("ties", 80, 8)):
        truth, p = scored(random, films, 2, 1.2, steps)
        score = p[:, 1]
        for what, statistic in (("ap", lambda t, s: sklearn.metrics.average_precision_score(t, s)),
                                ("auc", lambda t, s: sklearn.metrics.roc_auc_score(t, s)),
                                ("f1", lambda t, s: sklearn.metrics.f1_score(t, s > 0.5)),
                                ("balanced", lambda t, s: sklearn.metrics.balanced_accuracy_score(t, s > 0.5)),
                                ("matthews", lambda t, s: sklearn.metrics.matthews_corrcoef(t, s > 0.5)),
                                ("kappa", lambda t, s: sklearn.metrics.cohen_kappa_score(t, s > 0.5))):
            found = {method: scipy.stats.bootstrap((truth, score), statistic, n_resamples=8000, paired=True, vectorized=False,
                                                   method=method, random_state=np.random.default_rng(1))
                     for method in ("percentile", "BCa")}
            yield [name, what, "".join(map(str, truth)), numbers(score), number(statistic(truth, score)),
                   number(found["BCa"].standard_error),
                   *(number(end) for method in ("percentile", "BCa") for end in found[method].confidence_interval)]


def prevalences():
    z = scipy.stats.norm.ppf(0.975)
    for hits, sick, spared, well, prevalence in ((34, 36, 32, 36, 0.5), (34, 36, 32, 36, 0.01), (88, 100, 190, 200, 0.1),
                                                 (10, 10, 9, 10, 0.2), (28, 30, 50, 50, 0.001), (1, 1, 1, 1, 0.3)):
        se, sp = hits / sick, spared / well
        ppv = se * prevalence / (se * prevalence + (1 - sp) * (1 - prevalence))
        npv = sp * (1 - prevalence) / (sp * (1 - prevalence) + (1 - se) * prevalence)
        a, n, b, m = hits, sick, spared, well
        if hits in (0, sick) or spared in (0, well):
            a, n, b, m = hits + z * z / 2, sick + z * z, spared + z * z / 2, well + z * z
        se, sp = a / n, b / m
        ends = []
        for value, odds, variance in ((ppv, se * prevalence / ((1 - sp) * (1 - prevalence)), (1 - se) / se / n + sp / (1 - sp) / m),
                                      (npv, sp * (1 - prevalence) / ((1 - se) * prevalence), se / (1 - se) / n + (1 - sp) / sp / m)):
            low, high = scipy.special.expit(np.log(odds) + np.array([-z, z]) * np.sqrt(variance))
            ends += [min(low, value), max(high, value)]
        wilson = [end for films in (10, 72, 1000.5) for end in proportion_confint(hits / sick * films, films, method="wilson")]
        yield [hits, sick, spared, well, number(prevalence), number(ppv), number(npv), *map(number, ends), numbers(wilson)]


def boxes():
    random = np.random.default_rng(53)
    for name, values in (("plain", random.random(41)), ("far", np.append(random.normal(0.5, 0.02, 30).clip(0, 1), [0, 0.02, 1])),
                         ("one", np.array([0.25])), ("two", np.array([0.1, 0.9])), ("same", np.full(7, 0.5)),
                         ("edges", np.array([0, 0.1, 0.2, 0.3, 0.3, 0.7, 0.9, 1.0]))):
        values = values.round(4)
        low, median, high = np.percentile(values, [25, 50, 75])
        reach = 1.5 * (high - low)
        inside = values[(values >= low - reach) & (values <= high + reach)]
        yield [name, numbers(values), " ".join(map(str, np.histogram(values, np.arange(11) / 10)[0])), number(values.mean()), number(low),
               number(median), number(high), number(min(inside.min(), low)), number(max(inside.max(), high)),
               len(values) - len(inside)]


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
write("metrics-curves.csv", ["case", "truth", "score", "fpr", "tpr", "precision", "recall", "ap", "auc", "youden", "benefit"], curves())
write("metrics-classes.csv", ["case", "classes", "truth", "probability", "recall", "specificity", "precision", "f1", "auc", "ap",
                              "accuracy", "balanced", "kappa", "matthews", "ovr", "ovo", "brier", "ece", "ece_mass"], classes())
write("metrics-intervals.csv", ["case", "statistic", "truth", "score", "value", "se", "percentile_low", "percentile_high", "bca_low",
                                "bca_high"], film_intervals())
write("metrics-prevalence.csv", ["hits", "sick", "spared", "well", "prevalence", "ppv", "npv", "ppv_low", "ppv_high", "npv_low",
                                 "npv_high", "wilson_10_72_1000.5"], prevalences())
write("metrics-boxes.csv", ["case", "values", "bars", "mean", "low", "median", "high", "low_whisker", "high_whisker", "outside"], boxes())
with open("metrics-versions.txt", "w") as file:
    file.write(VERSIONS + "\n")
