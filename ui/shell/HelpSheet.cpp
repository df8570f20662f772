// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/HelpSheet.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("HelpSheet", text); }

QString row(const QString &left, const QString &right)
{
    return QStringLiteral("<tr><td style='padding: 2px 24px 2px 0'><b>%1</b></td><td style='padding: 2px "
                          "0'>%2</td></tr>")
        .arg(left.toHtmlEscaped(), right.toHtmlEscaped());
}

QString heading(const QString &text) { return QStringLiteral("<h3>%1</h3>").arg(text.toHtmlEscaped()); }

QString paragraph(const QString &text) { return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()); }

QString mouse()
{
    return QStringLiteral("<table>")
        + row(tr("Left drag"),
              tr("Window: right widens it, down raises its centre. Ctrl is faster, Shift finer."))
        + row(tr("Middle drag"), tr("Moves the film")) + row(tr("Right drag"), tr("Zooms"))
        + row(tr("Wheel"), tr("Zooms at the cursor")) + row(tr("Double click"), tr("Between fit and 1:1"))
        + row(tr("1 to 9"), tr("The film's windows, then automatic and full range"))
        + row(tr("Histogram"), tr("Drag the window by its middle or its edges")) + QStringLiteral("</table>");
}

QString numbers()
{
    return paragraph(tr(
               "Readings are softmax probabilities: each network shares 1 out among the classes it knows. "
               "\"Calibrated\" means that a temperature T was fitted on films kept aside, so that of films "
               "read at 0.80 about 80 in 100 are called right. A film of something else still gets its 1 "
               "shared out among these classes."))
        + paragraph(
               tr("The map (Grad-CAM) shows which cells of the network's last feature map raised the class. "
                  "It is coarse, relative to its own strongest cell, and shows where the network looked, "
                  "not where disease is."))
        + paragraph(tr("Stored is the number in the file, modality the number after the film's own rescale, "
                       "shown the grey on the screen from 0 to 255."));
}

void show(const QString &title, const QString &html, QSize size, QWidget *parent)
{
    auto *sheet = new QDialog(parent);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->setWindowTitle(title);
    auto *text = new QTextBrowser(sheet);
    text->setHtml(html);
    text->setOpenExternalLinks(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName(title);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, sheet);
    auto *layout = new QVBoxLayout(sheet);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(text);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::rejected, sheet, &QDialog::close);
    sheet->resize(size.boundedTo(parent->size() - QSize(48, 48)));
    sheet->show();
}

} // namespace

void showHelpSheet(const QList<QAction *> &actions, QWidget *parent)
{
    QString keys = QStringLiteral("<table>");
    for (const QAction *action : actions) {
        if (!action->shortcut().isEmpty())
            keys += row(action->shortcut().toString(QKeySequence::NativeText), action->whatsThis());
    }
    keys += QStringLiteral("</table>");
    show(tr("Mouse, keys and numbers"),
         heading(tr("Mouse")) + mouse() + heading(tr("Keys")) + keys + heading(tr("What the numbers mean"))
             + numbers(),
         {640, 640}, parent);
}

void showAbout(QWidget *parent)
{
    show(tr("About Hilum"),
         QStringLiteral("<h2>Hilum %1</h2>").arg(QStringLiteral(HILUM_VERSION))
             + paragraph(
                 tr("Shows chest films as they were taken, lets two networks read them, and shows where "
                    "they looked."))
             + QStringLiteral("<p><b>%1</b></p>").arg(tr("For education, not for diagnosis.").toHtmlEscaped())
             + paragraph(
                 tr("Free software under the GNU General Public License, version 3 or later, without any "
                    "warranty. Built with Qt, LibTorch, OpenCV, DCMTK, OpenJPEG and QCustomPlot."))
             + paragraph(
                 tr("The hilum is where vessels and bronchi enter the lung: the first place to look.")),
         {460, 320}, parent);
}

} // namespace hilum::ui
