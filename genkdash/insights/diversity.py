"""How varied, how completely seen, and how distinct? Every diversity figure under one roof.

Functions of counts take one-dimensional, non-negative counts; zeros are topics that were not seen and change nothing.
What is not defined for the counts given is None, never NaN or infinity.
"""

from genkdash.insights.estimates import asymptotic_diversity, chao1, rarefy, sample_coverage
from genkdash.insights.indices import hill_number, hurlbert_pie, pielou_evenness
from genkdash.insights.voices import alpha_beta_gamma, beta_by_chance, morisita, morisita_horn

__all__ = [
    "alpha_beta_gamma",
    "asymptotic_diversity",
    "beta_by_chance",
    "chao1",
    "hill_number",
    "hurlbert_pie",
    "morisita",
    "morisita_horn",
    "pielou_evenness",
    "rarefy",
    "sample_coverage",
]
