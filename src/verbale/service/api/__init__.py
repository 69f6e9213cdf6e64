"""The JSON API under `/api/v1`: everything that the command line asks."""

from fastapi import APIRouter

from verbale.service.api import decisions, imports, questions

router = APIRouter(prefix="/api/v1")
for _module in (questions, decisions, imports):
    router.include_router(_module.router)
