// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Invented predictions as files: any number of films of three classes from two sources, always the same.
#pragma once

#include "ui/desk/DeskSet.h"

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <array>

namespace hilum::ui::test {

inline constexpr std::array classNames{"covid", "normal", "pneumonia"};

// Film i is of class i % 3; its own probability runs from `least` to about 1 as i grows within a lap of 17.
inline std::array<double, 3> probabilitiesOf(int film, double least)
{
    const double own = least + (1 - least) * static_cast<double>(film % 17) / 17;
    std::array<double, 3> p{};
    for (int c = 0; c < 3; ++c)
        p[static_cast<std::size_t>(c)]
            = c == film % 3 ? own : (1 - own) * (c == (film + 1) % 3 ? 0.75 : 0.25);
    return p;
}

inline QByteArray predictions(int films, double least, bool withTruth = true)
{
    QByteArray text = withTruth ? "film,group,fold,truth,p_covid,p_normal,p_pneumonia,source\n"
                                : "film,group,fold,p_covid,p_normal,p_pneumonia,source\n";
    for (int i = 0; i < films; ++i) {
        const auto p = probabilitiesOf(i, least);
        text += QByteArray("films/f") + QByteArray::number(i) + ".png,g" + QByteArray::number(i / 2) + ","
            + QByteArray::number(i % 5)
            + (withTruth ? QByteArray(",") + classNames[static_cast<std::size_t>(i % 3)] : QByteArray());
        for (const double one : p)
            text += "," + QByteArray::number(one, 'g', 17);
        text += i % 2 == 0 ? ",East\n" : ",West\n";
    }
    return text;
}

inline QByteArray manifest(int films)
{
    QByteArray text = "file,label,view,age\n";
    for (int i = 0; i < films; ++i)
        text += QByteArray("films/f") + QByteArray::number(i) + ".png,"
            + classNames[static_cast<std::size_t>(i % 3)] + (i % 4 == 0 ? ",AP," : ",PA,")
            + QByteArray::number(10 + i % 80) + "\n";
    return text;
}

inline QString written(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    const QString path = folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return {};
    return path;
}

} // namespace hilum::ui::test
