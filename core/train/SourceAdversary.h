// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SourceAdversary: guesses a film's source from the features; its gradient is reversed on the way back, so
// that the features forget the source.
//
// It is told the class: what tells the class apart is no crime, even where classes and sources coincide.
//
// Shape:   activation [N, C, h, w]; logits [N, sources].
// Source:  Ganin et al. 2016 (arXiv:1505.07818); conditional: Li et al. 2018 (ECCV).
// Threads: the training thread.
// Sees LibTorch: include from .cpp files only.
#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/linear.h>

namespace hilum {

class SourceAdversary : public torch::nn::Module {
public:
    SourceAdversary(int channels, int classes, int sources, double weight);

    torch::Tensor forward(const torch::Tensor &activation, const torch::Tensor &labels);

private:
    int m_classes;
    double m_weight;
    torch::nn::Linear m_hidden{nullptr};
    torch::nn::Linear m_output{nullptr};
};

} // namespace hilum
