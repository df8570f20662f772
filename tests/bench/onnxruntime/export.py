#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Hilum authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""export.py FOLDER: both networks, as torchvision builds them, with random weights, as ONNX files."""
import sys
import torch
import torchvision

vgg16 = torchvision.models.vgg16_bn(weights=None)
vgg16.features[0] = torch.nn.Conv2d(1, 64, 3, padding=1)
vgg16.avgpool = torch.nn.AdaptiveAvgPool2d(1)
vgg16.classifier = torch.nn.Sequential(torch.nn.Linear(512, 3))
densenet121 = torchvision.models.densenet121(weights=None, num_classes=3)
densenet121.features.conv0 = torch.nn.Conv2d(1, 64, 7, stride=2, padding=3, bias=False)
for name, net in (("vgg16", vgg16), ("densenet121", densenet121)):
    torch.onnx.export(net.eval(), torch.randn(1, 1, 224, 224), f"{sys.argv[1]}/{name}.onnx",
                      opset_version=13, input_names=["x"], output_names=["y"])
