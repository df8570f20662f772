// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/plot/Reports.h"

#include "ui/report/EvaluationPage.h"
#include "ui/report/FilmPage.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

namespace hilum::ui {

namespace {

Result<void> unwritten(const QString &path)
{
    return fail(ErrorCode::FileUnreadable, path.toStdString() + ": can't be written");
}

Result<void> writeSheets(const ReportPage &page, const QDir &folder, QPageSize::PageSizeId paper)
{
    const QString pdf = folder.filePath(QStringLiteral("report.pdf"));
    const QString png = folder.filePath(QStringLiteral("report.png"));
    if (!page.writePdf(pdf, paper))
        return unwritten(pdf);
    if (!page.writePng(png, paper))
        return unwritten(png);
    return {};
}

} // namespace

Result<void> writeFilmReport(const QString &data, const QString &folder, QPageSize::PageSizeId paper)
{
    const QString json = QFileInfo(data).isDir() ? QDir(data).filePath(QStringLiteral("report.json")) : data;
    const auto report = readFilmReport(json.toStdString());
    if (!report)
        return tl::unexpected(report.error());
    const ReportPage page = filmPage(*report, QFileInfo(json).absolutePath());
    const QString html = QDir(folder).filePath(QStringLiteral("report.html"));
    if (!page.writeHtml(html))
        return unwritten(html);
    return writeSheets(page, QDir(folder), paper);
}

Result<void> writeEvaluation(const QString &data, const QString &folder, QPageSize::PageSizeId paper)
{
    const QFileInfo given(data);
    const QDir from(given.isDir() ? given.absoluteFilePath() : given.absolutePath());
    const auto page = evaluationPage(from.path().toStdString());
    if (!page)
        return tl::unexpected(page.error());
    if (auto written = writeSheets(*page, QDir(folder), paper); !written)
        return written;
    const QDir plots(from.filePath(QStringLiteral("plots")));
    QDirIterator files(plots.path(), {QStringLiteral("*.svg")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString svg = files.next();
        const QString stem = svg.left(svg.size() - 4);
        const QString target = QDir(folder).filePath(QStringLiteral("plots/") + plots.relativeFilePath(stem));
        if (!QDir().mkpath(QFileInfo(target).path())
            || !drawSvg(svg, target + QStringLiteral(".pdf"), target + QStringLiteral(".png")))
            return unwritten(target + QStringLiteral(".pdf"));
    }
    return {};
}

} // namespace hilum::ui
