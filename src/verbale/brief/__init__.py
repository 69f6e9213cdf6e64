"""Briefs: notes for a meeting, put together from findings and quotations of a record, every sentence with its sources."""

from verbale.brief.compose import of_parties
from verbale.brief.model import Brief
from verbale.brief.one_domain import of_domain
from verbale.brief.one_engagement import of_engagement
from verbale.brief.one_person import of_person

__all__ = ["Brief", "of_domain", "of_engagement", "of_parties", "of_person"]
