// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/plots/PlotSurface.h"

#include "ui/bridge/SaveFile.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QStringList>
#include <QSvgGenerator>

namespace hilum::ui {

namespace {

constexpr QSize smallestPicture{640, 360};
constexpr int margin = 16;
constexpr int headHeight = 24;
constexpr int footHeight = 20;
constexpr double pngScale = 2;

QString fileNameOf(const QString &title)
{
    QString name;
    for (const QChar letter : title) {
        if (letter.isLetterOrNumber())
            name += letter.toLower();
        else if (!name.isEmpty() && !name.endsWith(QLatin1Char('-')))
            name += QLatin1Char('-');
    }
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("hilum") : name;
}

} // namespace

PlotSurface::PlotSurface(QWidget *parent)
    : QWidget(parent)
{
}

void PlotSurface::setTheme(const PlotTheme &theme)
{
    m_theme = theme;
    themeChanged();
    update();
}

QSize PlotSurface::pictureSize() const
{
    return size().expandedTo(smallestPicture) + QSize(2 * margin, 2 * margin + headHeight + footHeight);
}

void PlotSurface::paintPicture(QPainter &painter)
{
    const QRect page({0, 0}, pictureSize());
    const QRect inner = page.adjusted(margin, margin, -margin, -margin);
    painter.fillRect(page, m_theme.background);

    QFont head = font();
    head.setBold(true);
    painter.setFont(head);
    painter.setPen(m_theme.text);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, title());

    QStringList stamp;
    if (!m_provenance.isEmpty())
        stamp << m_provenance;
    stamp << QStringLiteral("Hilum " HILUM_VERSION) << tr("For education, not for diagnosis");
    painter.setFont(font());
    painter.setPen(m_theme.muted);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, stamp.join(QStringLiteral(" · ")));

    painter.save();
    painter.translate(inner.left(), inner.top() + headHeight);
    paintPlot(painter, inner.size() - QSize(0, headHeight + footHeight));
    painter.restore();
}

void PlotSurface::copy()
{
    QImage picture(pictureSize() * pngScale, QImage::Format_RGB32);
    picture.setDevicePixelRatio(pngScale);
    QPainter painter(&picture);
    paintPicture(painter);
    painter.end();

    auto *copied = new QMimeData; // the clipboard owns it
    copied->setImageData(picture);
    copied->setText(csv());
    QGuiApplication::clipboard()->setMimeData(copied);
}

bool PlotSurface::exportPng(const QString &path)
{
    QImage picture(pictureSize() * pngScale, QImage::Format_RGB32);
    picture.setDevicePixelRatio(pngScale);
    QPainter painter(&picture);
    paintPicture(painter);
    painter.end();
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && picture.save(&file, "PNG") && file.commit();
}

bool PlotSurface::exportSvg(const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    QSvgGenerator page;
    page.setOutputDevice(&file);
    page.setSize(pictureSize());
    page.setViewBox(QRect({0, 0}, pictureSize()));
    page.setResolution(logicalDpiX());
    page.setTitle(title());
    QPainter painter;
    if (!painter.begin(&page))
        return false;
    paintPicture(painter);
    painter.end();
    return file.commit();
}

bool PlotSurface::exportPdf(const QString &path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    {
        QPdfWriter page(&file);
        page.setTitle(title());
        page.setCreator(QStringLiteral("Hilum " HILUM_VERSION));
        // One logical pixel of the page is one of the screen, so that text keeps its size.
        page.setResolution(logicalDpiX());
        const QSizeF inches = QSizeF(pictureSize()) / logicalDpiX();
        page.setPageSize(QPageSize(inches, QPageSize::Inch, {}, QPageSize::ExactMatch));
        page.setPageMargins({});
        QPainter painter;
        if (!painter.begin(&page))
            return false;
        paintPicture(painter);
    }
    return file.commit();
}

bool PlotSurface::exportCsv(const QString &path) { return saveFile(path, csv().toUtf8()).isEmpty(); }

void PlotSurface::askAndSave(const QString &caption, const QString &suffix,
                             bool (PlotSurface::*save)(const QString &))
{
    auto *dialog = new QFileDialog(this, caption);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(tr("%1 files (*.%2)").arg(suffix.toUpper(), suffix));
    dialog->selectFile(fileNameOf(title()) + QLatin1Char('.') + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, save](const QString &path) {
        if (!(this->*save)(path))
            Q_EMIT saveFailed(tr("%1 could not be written. Try another folder.").arg(path));
    });
    dialog->open();
}

void PlotSurface::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy"), this, &PlotSurface::copy);
    menu->addSeparator();
    menu->addAction(tr("Save picture as PNG…"), this, [this] {
        askAndSave(tr("Save picture"), QStringLiteral("png"), &PlotSurface::exportPng);
    });
    menu->addAction(tr("Save picture as SVG…"), this, [this] {
        askAndSave(tr("Save picture"), QStringLiteral("svg"), &PlotSurface::exportSvg);
    });
    menu->addAction(tr("Save picture as PDF…"), this, [this] {
        askAndSave(tr("Save picture"), QStringLiteral("pdf"), &PlotSurface::exportPdf);
    });
    menu->addAction(tr("Save numbers as CSV…"), this, [this] {
        askAndSave(tr("Save numbers"), QStringLiteral("csv"), &PlotSurface::exportCsv);
    });
    menu->popup(event->globalPos());
    event->accept();
}

} // namespace hilum::ui
