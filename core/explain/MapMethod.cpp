// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/explain/MapMethod.h"

#include <algorithm>
#include <array>

namespace hilum {

std::span<const MethodFacts> mapMethods()
{
    static const std::array<MethodFacts, 12> all{
        {{MapMethod::GradCam, "gradcam", "Grad-CAM", "Selvaraju et al. 2017 (arXiv:1610.02391)"},
         {MapMethod::GradCamPlusPlus, "gradcam++", "Grad-CAM++",
          "Chattopadhyay et al. 2018 (arXiv:1710.11063)"},
         {MapMethod::HiResCam, "hirescam", "HiResCAM", "Draelos, Carin 2020 (arXiv:2011.08891)"},
         {MapMethod::LayerCam, "layercam", "LayerCAM", "Jiang et al. 2021 (doi:10.1109/TIP.2021.3089943)"},
         {.method = MapMethod::EigenCam,
          .name = "eigencam",
          .title = "Eigen-CAM",
          .source = "Muhammad, Yeasin 2020 (arXiv:2008.00299)",
          .readsClass = false},
         {.method = MapMethod::ScoreCam,
          .name = "scorecam",
          .title = "Score-CAM",
          .source = "Wang et al. 2020 (arXiv:1910.01279)",
          .readsManyTimes = true},
         {MapMethod::AblationCam, "ablationcam", "Ablation-CAM",
          "Desai, Ramaswamy 2020 (doi:10.1109/WACV45572.2020.9093360)"},
         {.method = MapMethod::IntegratedGradients,
          .name = "integrated-gradients",
          .title = "Integrated gradients",
          .source = "Sundararajan et al. 2017 (arXiv:1703.01365)",
          .readsStage = false,
          .readsManyTimes = true},
         {.method = MapMethod::Occlusion,
          .name = "occlusion",
          .title = "Occlusion",
          .source = "Zeiler, Fergus 2014 (arXiv:1311.2901)",
          .readsStage = false,
          .readsManyTimes = true},
         {.method = MapMethod::Rise,
          .name = "rise",
          .title = "RISE",
          .source = "Petsiuk et al. 2018 (arXiv:1806.07421)",
          .readsStage = false,
          .readsManyTimes = true},
         {.method = MapMethod::Random,
          .name = "random",
          .title = "Random weights",
          .source = "channels added with random weights: a null map",
          .readsClass = false,
          .isNull = true},
         {.method = MapMethod::Sobel,
          .name = "sobel",
          .title = "Edges",
          .source = "Sobel's operator on the film: a null map",
          .readsStage = false,
          .readsClass = false,
          .isNull = true}}};
    return all;
}

const MethodFacts &factsOf(MapMethod method)
{
    return *std::ranges::find(mapMethods(), method, &MethodFacts::method);
}

Result<MapMethod> methodNamed(const std::string &name)
{
    std::string known;
    for (const MethodFacts &facts : mapMethods()) {
        if (facts.name == name)
            return facts.method;
        known += (known.empty() ? "" : ", ") + facts.name;
    }
    return fail(ErrorCode::UsageWrong, "expected a method of " + known + "; found \"" + name + "\"");
}

} // namespace hilum
