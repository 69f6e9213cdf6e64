"""Run the notebooks of the documentation and keep what they show, or with --check say whether they still show the same.

python benchmarks/notebooks.py [--check]
"""

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[1] / "docs" / "notebooks"


def executed(path: Path) -> Any:
    """Return a notebook as run now, without what differs from run to run."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for cell in notebook.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output.data = {"text/html": output.data["text/html"]}
    return notebook


def main() -> int:
    changed = 0
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        now = executed(path)
        if now != nbformat.read(path, as_version=4):
            changed += 1
            print(f"{path.name} shows something else than before", file=sys.stderr)
            if "--check" not in sys.argv:
                nbformat.write(now, path)
    return changed if "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
