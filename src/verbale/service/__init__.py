"""The record over HTTP: pages for people, a JSON API for programs, review, and sign-in."""

from verbale.service.app import create_app
from verbale.service.settings import Settings

__all__ = ["Settings", "create_app"]
