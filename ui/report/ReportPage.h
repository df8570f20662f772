// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ReportPage: a report that fits one sheet of paper, composed once and written as PDF, PNG and HTML.
//
//     ReportPage page(tr("Film report"));
//     page.add(text("<h1>...</h1>"));
//     page.add(columns({{0.4, {picture(...)}}, {0.6, {text(table)}}}));
//     page.writePdf(path, QPageSize::A4);
//
// Shape:   blocks from top to bottom; a block is rich text, a picture with a caption, or columns of blocks.
//          Pictures give way first, then the type, until all fits; the footer stays at the bottom.
// Units:   type in points; a picture's height is a share of the sheet's.
// Errors:  false when a file can't be written.
// Threads: where QPainter may be used.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QPageSize>
#include <QString>

#include <vector>

class QPaintDevice;
class QPainter;

namespace hilum::ui {

struct PageBlock;

struct PageColumn {
    double share = 1; // of the width
    std::vector<PageBlock> blocks;
};

struct PageBlock {
    QString html; // rich text of paragraphs, lists and tables
    QImage image;
    QByteArray svg; // instead of an image
    QString caption; // of a picture, plain
    double most = 0.3; // a picture's height, of the sheet's
    std::vector<PageColumn> columns;

    bool isPicture() const { return !image.isNull() || !svg.isEmpty(); }
};

[[nodiscard]] PageBlock textBlock(const QString &html);
[[nodiscard]] PageBlock pictureBlock(const QImage &image, const QString &caption, double most);
[[nodiscard]] PageBlock plotBlock(const QByteArray &svg, const QString &caption, double most);
[[nodiscard]] PageBlock columnBlock(std::vector<PageColumn> columns);

class ReportPage {
public:
    explicit ReportPage(QString title)
        : m_title(std::move(title))
    {
    }
    void add(PageBlock block) { m_blocks.push_back(std::move(block)); }
    void setFooter(const QString &html) { m_footer = html; }

    bool writePdf(const QString &path, QPageSize::PageSizeId paper) const;
    bool writePng(const QString &path, QPageSize::PageSizeId paper) const;
    // The same without a sheet's limits; needs nothing else.
    bool writeHtml(const QString &path) const;

private:
    void paint(QPainter &painter, QPaintDevice &device, const QRectF &sheet) const;

    QString m_title;
    QString m_footer;
    std::vector<PageBlock> m_blocks;
};

} // namespace hilum::ui
