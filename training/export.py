"""Turn a trained network into the files that ship: int8 ONNX, tokenizer and what the reader must know of the model.

python training/export.py STAGE2.pt --vectors STAGE2.vectors.npz --to src/verbale/reading/model
"""

import argparse
import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from inference import Inference
from network import SEQUENCES, Network
from targets import concepts
from train import BODY, tokenizer
from verbale.reading.encoder import VECTOR

LAYERS = 7  # embeddings and six layers


def linear(path: Path | None, size: int = VECTOR) -> torch.nn.Linear:
    """The map of pooled states of all layers to vectors; zero where there is none."""
    made = torch.nn.Linear(LAYERS * size, size)
    held = np.load(path) if path else {name: np.zeros_like(p.detach().numpy()) for name, p in made.named_parameters()}
    made.load_state_dict({name: torch.from_numpy(held[name]) for name in ("weight", "bias")})
    return made


def main() -> None:
    """Export, quantize, describe."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights", type=Path)
    ap.add_argument("--vectors", type=Path, help="the map that vectors.py fitted to these weights; without it passages have no vectors")
    ap.add_argument("--to", type=Path, required=True)
    ap.add_argument("--float", action="store_true", help="keep 32-bit weights (to measure what int8 costs)")
    a = ap.parse_args()
    net = Network(BODY)
    net.start_from(torch.load(a.weights))
    net.eval()
    a.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        example = torch.ones((1, 16), dtype=torch.int64)
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Inference(net, linear(a.vectors)).eval(),
            (example, torch.zeros_like(example)),
            str(plain),
            input_names=["ids", "types"],
            output_names=["scores", "arcs", "document", "vectors"],
            dynamic_axes={n: {1: "pieces"} for n in ("ids", "types", "scores", "arcs")},
            opset_version=17,
            dynamo=False,
        )
        if a.float:
            shutil.copy(plain, a.to / "model.onnx")
        else:
            ready = Path(folder) / "ready.onnx"
            quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
            quantize_dynamic(str(ready), str(a.to / "model.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(a.to / "model.onnx"))
    tokenizer().save(str(a.to / "tokenizer.json"))
    about = {
        "version": hashlib.sha256((a.to / "model.onnx").read_bytes()).hexdigest()[:12],
        "domains": concepts("domains"),
        "situations": concepts("situations"),
        "transitions": {h: net.transitions[h].detach().numpy().round(4).tolist() for h in SEQUENCES},
        "calibration": json.loads((Path(__file__).parent / "calibration.json").read_text("utf-8")),
        "nothing": net.nothing.detach().numpy().round(4).tolist(),
    }
    (a.to / "model.json").write_text(json.dumps(about) + "\n", "utf-8")
    print({p.name: p.stat().st_size for p in sorted(a.to.iterdir())}, about["version"])


if __name__ == "__main__":
    main()
