// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/saw/StepPicture.h"

#include "ui/bridge/Convert.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int leastWidth = 640; // on which the text below is no tower
constexpr int flags = Qt::AlignLeft | Qt::TextWordWrap;
constexpr int longest = 100000;

QString tr(const char *text) { return QCoreApplication::translate("StepPicture", text); }

Result<QImage> wholeStep(const Sawn &sawn, int index)
{
    QImage picture;
    int at = 0;
    const auto done = visitInputSteps(sawn.film(), sawn.frame(), sawn.request.card.input, sawn.shown,
                                      [&](InputStep &&step) {
                                          if (at++ < index)
                                              return true;
                                          picture = toImage(stepPicture(step));
                                          return false;
                                      });
    if (!done)
        return tl::unexpected(done.error());
    const int times = (leastWidth + picture.width() - 1) / picture.width();
    return times > 1 ? picture.scaled(picture.size() * times) : picture;
}

} // namespace

QString stepStamp(const Sawn &sawn, int step)
{
    const ModelCard &card = sawn.request.card;
    QStringList parts{QStringLiteral("Hilum %1").arg(QStringLiteral(HILUM_VERSION)),
                      tr("what %1 %2 saw, step %3 of %4, weights %5")
                          .arg(toText(card.id), toText(card.version))
                          .arg(step + 1)
                          .arg(sawn.steps.size())
                          .arg(toText(card.weightsSha256.substr(0, 12)))
                          .simplified()};
    if (sawn.request.look)
        parts << tr("FED WHAT THE VIEW SHOWS, not the film's own values");
    parts << tr("For education, not for diagnosis");
    return parts.join(QStringLiteral(" \u00b7 "));
}

Result<QImage> stepExport(const Sawn &sawn, int step, const QFont &font)
{
    auto picture = wholeStep(sawn, step);
    if (!picture)
        return picture;
    const SawnStep &one = sawn.steps[static_cast<std::size_t>(step)];
    const int unit = std::max(14, picture->width() / 60);
    const int margin = unit / 2;
    QFont plain = font;
    plain.setPixelSize(unit);
    QFont strong = plain;
    strong.setWeight(QFont::DemiBold);
    const QString title = tr("%1  %2: %3").arg(step + 1).arg(stepTitle(one.step.kind), stepNumbers(one));
    const QString below = stepSentence(one.step) + QLatin1Char('\n') + stepStamp(sawn, step);
    const QRect room(margin, margin, picture->width() - 2 * margin, longest);
    const int above = QFontMetrics(strong).boundingRect(room, flags, title).height() + 2 * margin;
    const int under = QFontMetrics(plain).boundingRect(room, flags, below).height() + 2 * margin;

    QImage page(picture->width(), above + picture->height() + under, QImage::Format_RGB32);
    page.fill(Qt::black);
    QPainter painter(&page);
    painter.setPen(QColor(230, 230, 230));
    painter.setFont(strong);
    painter.drawText(room, flags, title);
    painter.drawImage(0, above, *picture);
    painter.setFont(plain);
    painter.drawText(room.translated(0, above + picture->height()), flags, below);
    painter.end();
    return page.allGray() ? page.convertToFormat(QImage::Format_Grayscale8) : page;
}

} // namespace hilum::ui
