"""The record over HTTP: pages for people, a JSON API for programs, review, and sign-in."""

from verbale.service.app import create_app
from verbale.service.settings import Provider, Settings

__all__ = ["Provider", "Settings", "create_app"]
