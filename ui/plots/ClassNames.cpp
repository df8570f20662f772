// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/ClassNames.h"

#include <QCoreApplication>

#include <array>

namespace hilum::ui {

namespace {

constexpr QRgb vermillion = 0xffd55e00;
constexpr QRgb bluishGreen = 0xff009e73;
constexpr QRgb skyBlue = 0xff56b4e9;
// The rest of the set, black left out: the dark theme would swallow it. Then wine, mint, indigo and a dark
// red, each as far from all before as they go, to eyes without red, green or blue, too; at last the three
// above.
constexpr std::array<QRgb, 11> others{0xffe69f00, 0xffcc79a7, 0xfff0e442, 0xff0072b2,  0xff882255, 0xff88eeaa,
                                      0xff4400ee, 0xffaa0000, vermillion, bluishGreen, skyBlue};

} // namespace

QString classTitle(const std::string &label)
{
    if (label == "covid")
        return QCoreApplication::translate("ClassNames", "COVID-19");
    if (label == "normal")
        return QCoreApplication::translate("ClassNames", "Normal");
    if (label == "pneumonia")
        return QCoreApplication::translate("ClassNames", "Pneumonia");
    QString title = QString::fromStdString(label).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    return title;
}

QColor classColour(const std::string &label, int index)
{
    if (label == "covid")
        return QColor(vermillion);
    if (label == "normal")
        return QColor(bluishGreen);
    if (label == "pneumonia")
        return QColor(skyBlue);
    const auto place = static_cast<std::size_t>(index < 0 ? 0 : index);
    return QColor(others[place % others.size()]);
}

} // namespace hilum::ui
