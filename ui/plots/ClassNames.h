// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ClassNames: how a network's class is called and coloured, the same in every panel and plot.
//
// Units:   colours are opaque sRGB from a set that colour-blind eyes can tell apart; a colour never
//          stands without the class's name.
// Errors:  none; an unknown class is shown by its own name and takes its colour by index.
// Source:  Okabe and Ito 2008, Color Universal Design; four more colours by Machado et al. 2009, A
//          physiologically-based model for simulation of color vision deficiency.
#pragma once

#include <QColor>
#include <QString>

#include <string>

namespace hilum::ui {

// "covid" -> "COVID-19"; a label that we don't know starts with a capital, underscores as spaces.
[[nodiscard]] QString classTitle(const std::string &label);

// The colour of a class; index is its place in the card's class order and decides for labels that
// we don't know: eleven colours, then the first again.
[[nodiscard]] QColor classColour(const std::string &label, int index);

} // namespace hilum::ui
