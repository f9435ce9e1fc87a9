"""Writes the parameters of a set's network as float64, for exporters that PyTorch has no part in.
Usage: python weights.py FOLDER SET..."""

import os
import sys

import numpy as np
import torch

from golden_sets import SETS

if __name__ == "__main__":
    folder, *names = sys.argv[1:]
    for name in names:
        parameters = SETS[name].network(torch.float64).named_parameters()
        np.savez(os.path.join(folder, f"{name}.npz"), **{key: value.numpy() for key, value in parameters})
