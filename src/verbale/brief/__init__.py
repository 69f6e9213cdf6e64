"""Briefs: notes for a meeting, put together from findings and quotations of a record, every sentence with its sources."""

from verbale.brief.compose import of_parties
from verbale.brief.model import Brief

__all__ = ["Brief", "of_parties"]
