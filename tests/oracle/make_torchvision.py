#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hilum authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes torchvision-<network>.csv: names, shapes, logits and features of the original networks.

Weights and input are made by a formula that the tests repeat (hash of tensor number and index), so
no weights need to be stored. Run with Debian's python3-torchvision; only the tables are committed.
"""
import sys
import numpy as np
import torch
import torchvision


def noise(count, seed):
    """-0.5 to 0.5, the same in C++: a 32-bit multiplicative hash."""
    i = np.arange(count, dtype=np.uint64)
    x = (i * 2654435761 + seed * 40503 + 12345) % 2**32
    x = (x ^ (x >> 15)) * 2246822519 % 2**32
    x = x ^ (x >> 13)
    return x.astype(np.float64) / 2**32 - 0.5


def fill(model):
    for number, (name, tensor) in enumerate(sorted(model.state_dict().items())):
        if name.endswith("num_batches_tracked"):
            continue
        u = noise(tensor.numel(), number)
        if name.endswith("running_var"):
            v = 1 + 0.4 * u
        elif tensor.dim() == 4:
            v = u * np.sqrt(24.0 / (tensor.shape[1] * tensor.shape[2] * tensor.shape[3]))
        elif tensor.dim() == 2:
            v = u
        elif name.endswith("weight"):
            v = 1 + 0.2 * u
        else:
            v = 0.2 * u
        tensor.copy_(torch.from_numpy(v.astype(np.float32)).reshape(tensor.shape))


def vgg16():
    net = torchvision.models.vgg16_bn(weights=None)
    net.features[0] = torch.nn.Conv2d(1, 64, 3, padding=1)
    net.avgpool = torch.nn.AdaptiveAvgPool2d(1)
    net.classifier = torch.nn.Sequential(torch.nn.Linear(512, 3))
    return net, lambda x: net.features[:-1](x)


def densenet121():
    net = torchvision.models.densenet121(weights=None, num_classes=3)
    net.features.conv0 = torch.nn.Conv2d(1, 64, 7, stride=2, padding=3, bias=False)
    return net, lambda x: torch.relu(net.features(x))


def densenet169():
    net = torchvision.models.densenet169(weights=None, num_classes=3)
    net.features.conv0 = torch.nn.Conv2d(1, 64, 7, stride=2, padding=3, bias=False)
    return net, lambda x: torch.relu(net.features(x))


def whole_vgg(make):
    net = make(weights=None, num_classes=3)
    net.features[0] = torch.nn.Conv2d(1, 64, 3, padding=1)
    return net, lambda x: net.features[:-1](x)


torch.set_grad_enabled(False)
for name, make in (
    ("vgg16", vgg16),
    ("densenet121", densenet121),
    ("densenet169", densenet169),
    ("torchvision-vgg13_bn", lambda: whole_vgg(torchvision.models.vgg13_bn)),
    ("torchvision-vgg19", lambda: whole_vgg(torchvision.models.vgg19)),
):
    net, features = make()
    net.eval()
    fill(net)
    x = torch.from_numpy((4 * noise(224 * 224, 999)).astype(np.float32)).reshape(1, 1, 224, 224)
    logits = net(x)[0].tolist()
    f = features(x)[0].numpy()
    with open(f"{sys.path[0]}/torchvision-{name.removeprefix('torchvision-')}.csv", "w") as out:
        out.write(f"# torchvision {torchvision.__version__}, torch {torch.__version__}, make_torchvision.py\n")
        out.write("kind,name,value\n")
        for i, v in enumerate(logits):
            out.write(f"logit,{i},{v:.9g}\n")
        for c, y, x_ in ((0, 0, 0), (1, 3, 2), (100, 6, 6), (511, 2, 5)):
            out.write(f"feature,{c} {y} {x_},{f[c, y, x_]:.9g}\n")
        out.write(f"feature_mean,,{f.mean(dtype=np.float64):.9g}\n")
        for key, tensor in sorted(net.state_dict().items()):
            out.write(f"tensor,{key},{' '.join(map(str, tensor.shape))}\n")
