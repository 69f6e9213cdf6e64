"""The JSON API under `/api/v1`: everything that the command line asks."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/v1")
