// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/report/ReportPage.h"

#include "ui/bridge/SaveFile.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QGuiApplication>
#include <QMarginsF>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextDocument>

#include <algorithm>
#include <memory>

namespace hilum::ui {

namespace {

constexpr double pointsOfInch = 72;
constexpr double margin = 36; // points
constexpr double gap = 6;
constexpr double gutter = 10; // between columns
constexpr double type = 8.5;
constexpr double least = 0.55; // of type and pictures
constexpr int pngDpi = 200;
constexpr int pdfDpi = 1200;

const QColor ink(0x1c, 0x1e, 0x21);

const QString sheetStyle = QStringLiteral(
    "h1{font-size:xx-large;font-weight:600;margin:0}h2{font-size:large;font-weight:600;margin:0}"
    "p{margin:0 0 2px 0}ul{margin:0;-qt-list-indent:0}.muted{color:#5a6068}.warning{color:#8a5600}"
    "th{color:#5a6068;font-weight:400;text-align:left}td.number,th.number{text-align:right}");

const QString htmlStyle = QStringLiteral(
    ":root{color-scheme:light "
    "dark;--ground:#fff;--text:#1c1e21;--muted:#5a6068;--line:#c8ccd0;--warn:#8a5600}"
    "@media (prefers-color-scheme:dark){:root{--ground:#16181b;--text:#e6e6e6;--muted:#9aa0a8;--line:#34383e;"
    "--warn:#f0c05a}}"
    "body{background:var(--ground);color:var(--text);font:15px/1.45 system-ui,sans-serif;margin:0 auto;"
    "max-width:72rem;padding:1.5rem;overflow-wrap:anywhere}h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;"
    "margin:1rem 0 .25rem}p{margin:.2rem "
    "0}.muted,th,figcaption{color:var(--muted)}.warning{color:var(--warn)}"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.9rem}"
    "th,td{border-bottom:1px solid var(--line);padding:.2rem .5rem;text-align:left;vertical-align:top;"
    "font-weight:400}td.number,th.number{text-align:right}ul{padding-left:1.2rem;margin:.2rem 0}"
    ".columns{display:flex;gap:1rem;flex-wrap:wrap}.columns>div{min-width:11rem}"
    "figure{margin:.25rem 0}figure img,figure svg{max-width:100%;height:auto}figcaption{font-size:.85rem}"
    "footer{margin-top:2rem;border-top:1px solid var(--line);font-size:.85rem}");

QSizeF naturalSize(const PageBlock &block)
{
    return block.svg.isEmpty() ? QSizeF(block.image.size()) : QSizeF(QSvgRenderer(block.svg).defaultSize());
}

// How large everything is drawn, on one device.
class Setter {
public:
    Setter(QPaintDevice &device, const QRectF &sheet, double ofType, double ofPictures)
        : m_device(device)
        , m_sheet(sheet)
        , m_point(device.logicalDpiY() / pointsOfInch)
        , m_type(ofType)
        , m_pictures(ofPictures)
    {
    }

    double points(double count) const { return count * m_point; }

    // Height of all; drawn where there is a painter.
    double set(const std::vector<PageBlock> &blocks, QPainter *painter, QPointF corner, double width) const
    {
        double height = 0;
        for (const PageBlock &block : blocks) {
            if (height > 0)
                height += points(gap);
            height += set(block, painter, corner + QPointF(0, height), width);
        }
        return height;
    }

    double setText(const QString &html, QPainter *painter, QPointF corner, double width,
                   double share = 1) const
    {
        QTextDocument document;
        document.documentLayout()->setPaintDevice(&m_device);
        QFont font = QGuiApplication::font();
        font.setPointSizeF(type * m_type * share);
        document.setDefaultFont(font);
        document.setDefaultStyleSheet(sheetStyle);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        document.setDefaultTextOption(option);
        document.setDocumentMargin(0);
        document.setHtml(html);
        document.setTextWidth(width);
        if (painter) {
            painter->save();
            painter->translate(corner);
            QAbstractTextDocumentLayout::PaintContext context;
            context.palette.setColor(QPalette::Text, ink);
            document.documentLayout()->draw(painter, context);
            painter->restore();
        }
        return document.size().height();
    }

private:
    double set(const PageBlock &block, QPainter *painter, QPointF corner, double width) const
    {
        if (!block.columns.empty())
            return setColumns(block.columns, painter, corner, width);
        return block.isPicture() ? setPicture(block, painter, corner, width)
                                 : setText(block.html, painter, corner, width);
    }

    double setColumns(const std::vector<PageColumn> &columns, QPainter *painter, QPointF corner,
                      double width) const
    {
        const double room = width - points(gutter) * static_cast<double>(columns.size() - 1);
        double highest = 0;
        for (const PageColumn &column : columns) {
            highest = std::max(highest, set(column.blocks, painter, corner, room * column.share));
            corner.rx() += room * column.share + points(gutter);
        }
        return highest;
    }

    double setPicture(const PageBlock &block, QPainter *painter, QPointF corner, double width) const
    {
        const QSizeF natural = naturalSize(block);
        const QSizeF drawn
            = natural.scaled(width, block.most * m_pictures * m_sheet.height(), Qt::KeepAspectRatio);
        if (painter && block.svg.isEmpty())
            painter->drawImage(QRectF(corner, drawn), block.image);
        else if (painter)
            QSvgRenderer(block.svg).render(painter, QRectF(corner, drawn));
        if (block.caption.isEmpty())
            return drawn.height();
        const double between = points(gap / 3);
        return drawn.height() + between
            + setText(QStringLiteral("<p class=\"muted\">%1</p>").arg(block.caption.toHtmlEscaped()), painter,
                      corner + QPointF(0, drawn.height() + between), width, 0.9);
    }

    QPaintDevice &m_device;
    QRectF m_sheet;
    double m_point;
    double m_type;
    double m_pictures;
};

QString pngData(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.convertToFormat(QImage::Format_RGB32)
        .save(&buffer, "PNG"); // a grey one would carry a profile of colours
    return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(bytes.toBase64());
}

QString htmlOf(const std::vector<PageBlock> &blocks)
{
    QString text;
    for (const PageBlock &block : blocks) {
        if (!block.columns.empty()) {
            text += QStringLiteral("<div class=\"columns\">");
            for (const PageColumn &column : block.columns)
                text += QStringLiteral("<div style=\"flex:%1 1 0\">%2</div>")
                            .arg(column.share)
                            .arg(htmlOf(column.blocks));
            text += QStringLiteral("</div>\n");
        } else if (block.isPicture()) {
            const QString caption = block.caption.toHtmlEscaped();
            const QString picture = block.svg.isEmpty()
                ? QStringLiteral("<img src=\"%1\" alt=\"%2\">").arg(pngData(block.image), caption)
                : QString::fromUtf8(block.svg);
            text += QStringLiteral("<figure>%1<figcaption>%2</figcaption></figure>\n").arg(picture, caption);
        } else {
            text += block.html + QLatin1Char('\n');
        }
    }
    return text;
}

} // namespace

PageBlock textBlock(const QString &html)
{
    PageBlock block;
    block.html = html;
    return block;
}

PageBlock pictureBlock(const QImage &image, const QString &caption, double most)
{
    PageBlock block;
    block.image = image;
    block.caption = caption;
    block.most = most;
    return block;
}

PageBlock plotBlock(const QByteArray &svg, const QString &caption, double most)
{
    PageBlock block;
    block.svg = svg;
    block.caption = caption;
    block.most = most;
    return block;
}

PageBlock columnBlock(std::vector<PageColumn> columns)
{
    PageBlock block;
    block.columns = std::move(columns);
    return block;
}

void ReportPage::paint(QPainter &painter, QPaintDevice &device, const QRectF &sheet) const
{
    painter.fillRect(sheet, Qt::white);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double inch = device.logicalDpiY();
    const double edge = margin * inch / pointsOfInch;
    const QRectF room = sheet.adjusted(edge, edge, -edge, -edge);
    const auto fits = [&](double ofType, double ofPictures) {
        const Setter setter(device, room, ofType, ofPictures);
        return setter.set(m_blocks, nullptr, {}, room.width()) + setter.points(2 * gap)
            + setter.setText(m_footer, nullptr, {}, room.width(), 0.9)
            <= room.height();
    };
    double ofType = 1;
    double ofPictures = 1;
    while (ofType > least && !fits(ofType, ofPictures)) {
        if (ofPictures > std::max(least, ofType - 0.25))
            ofPictures -= 0.05;
        else
            ofType -= 0.05;
    }
    const Setter setter(device, room, ofType, ofPictures);
    setter.set(m_blocks, &painter, room.topLeft(), room.width());
    const double footer = setter.setText(m_footer, nullptr, {}, room.width(), 0.9);
    setter.setText(m_footer, &painter, room.bottomLeft() - QPointF(0, footer), room.width(), 0.9);
}

bool ReportPage::writePdf(const QString &path, QPageSize::PageSizeId paper) const
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    {
        QPdfWriter writer(&file);
        writer.setResolution(pdfDpi);
        writer.setPageSize(QPageSize(paper));
        writer.setPageMargins(QMarginsF());
        writer.setTitle(m_title);
        writer.setCreator(QStringLiteral("Hilum " HILUM_VERSION));
        QPainter painter;
        if (!painter.begin(&writer))
            return false;
        paint(painter, writer, QRectF(0, 0, writer.width(), writer.height()));
    }
    return file.commit();
}

bool ReportPage::writePng(const QString &path, QPageSize::PageSizeId paper) const
{
    QImage image(QPageSize(paper).sizePixels(pngDpi), QImage::Format_RGB32);
    constexpr double metre = 39.3700787; // inches
    image.setDotsPerMeterX(qRound(pngDpi * metre));
    image.setDotsPerMeterY(qRound(pngDpi * metre));
    image.setText(QStringLiteral("Title"), m_title);
    QPainter painter(&image);
    paint(painter, image, image.rect());
    painter.end();
    return image.save(path, "PNG");
}

bool ReportPage::writeHtml(const QString &path) const
{
    const QString text
        = QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta "
                         "name=\"viewport\" content=\"width=device-width\"><title>%1</title><style>%2</style>"
                         "</head><body>\n%3<footer>%4</footer>\n</body></html>\n")
              .arg(m_title.toHtmlEscaped(), htmlStyle, htmlOf(m_blocks), m_footer);
    return saveFile(path, text.toUtf8()).isEmpty();
}

} // namespace hilum::ui
