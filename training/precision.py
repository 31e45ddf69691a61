"""How exactly a training counts."""

import torch


def halved(device: torch.device, *, wanted: bool = True) -> torch.autocast:
    """Count with half as many bits where that is faster, as context.

    A processor that has no instructions for it is several times slower so: a step of a small
    training took 19.4 s on one, and 1.2 s with all bits.
    """
    return torch.autocast(device.type, torch.bfloat16, enabled=wanted and device.type != "cpu")
