"""Every kind of finding, measured against the gold record: no figure may fall by more than a hundredth."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality", ROOT / "benchmarks" / "quality.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not (SHARED / "gold/dev").exists(), reason=f"no gold record at {SHARED / 'gold/dev'}: quality is not measured here")
def test_no_figure_fell() -> None:
    module = quality()
    kept = json.loads((ROOT / "benchmarks/quality.json").read_text("utf-8"))
    assert module.falls(module.figures(SHARED), kept) == []


def test_a_fall_is_told_with_both_figures() -> None:
    assert quality().falls({"parties": 0.80, "date": 0.895}, {"parties": 0.90, "date": 0.90}) == ["parties: 0.8000, was 0.9000"]
