// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/HelpSheet.h"

#include "ui/shell/Actions.h"
#include "ui/shell/Keymap.h"
#include "ui/shell/MouseFields.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("HelpSheet", text); }

struct Part {
    QString name; // as the property "help" of its widgets
    QString title;
    QString html;
};

QString row(const QString &left, const QString &right)
{
    return QStringLiteral("<tr><td style='padding: 2px 24px 2px 0'><b>%1</b></td><td style='padding: 2px "
                          "0'>%2</td></tr>")
        .arg(left.toHtmlEscaped(), right.toHtmlEscaped());
}

QString table(const QString &rows) { return QStringLiteral("<table>%1</table>").arg(rows); }

QString paragraph(const QString &text) { return QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped()); }

QString mouseTable(const MouseHabits &mouse)
{
    return table(
        row(tr("Left drag"),
            tr("The tool that is chosen; with the window tool right widens, down raises the centre. Ctrl is "
               "faster, Shift finer."))
        + row(tr("Middle drag"), inWords(mouse.middle)) + row(tr("Right drag"), inWords(mouse.right))
        + row(tr("Right click"), tr("The commands used most")) + row(tr("Wheel"), inWords(mouse.wheel))
        + row(tr("Ctrl and wheel"), inWords(WheelUse::Zoom))
        + row(tr("Alt and wheel"), tr("Frame by frame, in films of several"))
        + row(tr("Wheel with the lens"), tr("Makes it stronger or weaker; with Ctrl larger or smaller"))
        + row(tr("Double click"), tr("Between fit and 1:1"))
        + row(tr("Arrow keys"), tr("Move the film when it has the focus"))
        + row(tr("Histogram"), tr("Drag the window by its middle or its edges"))
        + row(tr("Title of a part"), tr("Click folds it, double click shows it alone"))
        + row(tr("Drop"), tr("Files and folders dropped on the window are opened")));
}

QString keys(const Actions &actions)
{
    QString html = paragraph(tr("Every action is in a menu and in the list that Find an action opens; keys "
                                "and mouse can be changed."));
    for (const QString &group : actions.groups()) {
        QString rows;
        for (const QAction *action : actions.all()) {
            if (Actions::groupOf(action) != group)
                continue;
            const QString pressed = action->shortcut().toString(QKeySequence::NativeText);
            rows += row(pressed.isEmpty() ? QStringLiteral("\u2013") : pressed,
                        tr("%1: %2").arg(Actions::plainText(action), action->whatsThis()));
        }
        html += QStringLiteral("<h4>%1</h4>").arg(group.toHtmlEscaped()) + table(rows);
    }
    return html;
}

QString window()
{
    return paragraph(
               tr("The window is the slice of the film's values that is spread from black to white. Its "
                  "numbers are modality values: the stored numbers after the film's own rescale. Drag the "
                  "histogram, type centre and width or minimum and maximum, or choose a preset; Up and Down "
                  "step a number, Shift finer, Ctrl coarser."))
        + paragraph(
               tr("LINEAR, LINEAR_EXACT and SIGMOID are the three shapes that DICOM knows (PS3.3 C.11.2); a "
                  "VOI LUT is a table that the film brings along. Own presets are kept; one made of "
                  "percentiles fits itself to each film."));
}

QString readings()
{
    return paragraph(
        tr("Readings are softmax probabilities: each network shares 1 out among the classes it knows. "
           "\"Calibrated\" means that a temperature T was fitted on films kept aside, so that of films "
           "read at 0.80 about 80 in 100 are called right. A film of something else still gets its 1 "
           "shared out among these classes."));
}

QString map()
{
    return paragraph(
        tr("The map (Grad-CAM) shows which cells of the network's last feature map raised the class. "
           "It is coarse, relative to its own strongest cell, and shows where the network looked, "
           "not where disease is."));
}

QString marks()
{
    return paragraph(tr(
               "Lengths, angles, rectangles, ellipses and notes over the film. With a tool: drag, or click "
               "each point; Enter puts one in the middle. Without: drag an end, the line or the label. Tab "
               "goes through them, arrows move the selected one by a film pixel (Shift: ten, Ctrl: its last "
               "point), Delete removes it, a right click has more."))
        + table(row(tr("mm (calibrated)"),
                    tr("the film says that its spacing was calibrated, or you gave a known length"))
                + row(tr("mm at detector"),
                      tr("as large as the shadow on the detector; what lies in front of it is smaller"))
                + row(tr("mm, magnification corrected"),
                      tr("divided by the magnification that the film estimates for the patient"))
                + row(tr("px"), tr("pixels: the film gives no spacing that can be trusted")))
        + paragraph(
               tr("A pixel counts for a region when its centre lies inside and it is no padding. SD is the "
                  "standard deviation of these pixels (divided by their number, not one less); colour "
                  "films give their luminance."));
}

QString film()
{
    return paragraph(tr("Where the film comes from and how it is stored. Stored is the number in the file, "
                        "modality the number after the film's own rescale, shown the grey on the screen from "
                        "0 to 255. What the reader had to assume or leave out stands first."));
}

QString networks()
{
    return paragraph(tr("What each network is, what it learned from, and how it did on films it never saw."));
}

QString strip()
{
    return paragraph(tr("The open films. A click shows a film, Delete takes it off the strip, a click on one "
                        "that failed tries again. A DICOMDIR opens as its films, in its order."));
}

QString evaluation()
{
    return paragraph(tr("How the networks learned, and what they called the films kept aside. Right click "
                        "copies or saves a plot or its numbers."))
        + paragraph(
               tr("What the network saw: every step from the film's stored values to the network's input. "
                  "A point on one step, or on the film, is marked on all of them, with its values."))
        + paragraph(tr(
            "The evaluation desk (Ctrl+E) shows how good the networks are. A click, or Enter, on a cell, a "
            "bar, a box or a point of a curve opens the films behind it; arrows go from one to the next, "
            "Page keys by a tenth of a curve, the wheel zooms, a double click shows everything again. The "
            "film on the light box is marked on every plot."));
}

std::vector<Part> partsOf(const Keymap &keymap)
{
    const Actions &actions = keymap.actions();
    return {{QStringLiteral("mouse"), tr("Mouse"), mouseTable(keymap.mouse())},
            {QStringLiteral("keys"), tr("Keys"), keys(actions)},
            {QStringLiteral("readings"), tr("Readings"), readings()},
            {QStringLiteral("map"), tr("Map"), map()},
            {QStringLiteral("histogram"), tr("Window"), window()},
            {QStringLiteral("marks"), tr("Marks"), marks()},
            {QStringLiteral("film"), tr("Film"), film()},
            {QStringLiteral("networks"), tr("Networks"), networks()},
            {QStringLiteral("strip"), tr("Film strip"), strip()},
            {QStringLiteral("evaluation"), tr("Evaluation"), evaluation()}};
}

// The wanted part comes first; none: in their order.
QString page(std::vector<Part> parts, const QString &wanted)
{
    QStringList links;
    QString html;
    std::ranges::stable_partition(parts, [&](const Part &part) { return part.name == wanted; });
    for (const Part &part : parts) {
        links << QStringLiteral("<a href='#%1'>%2</a>").arg(part.name, part.title.toHtmlEscaped());
        html += QStringLiteral("<h3><a name='%1'></a>%2</h3>").arg(part.name, part.title.toHtmlEscaped())
            + part.html;
    }
    return QStringLiteral("<p>%1</p>").arg(links.join(QStringLiteral(" \u00b7 "))) + html;
}

QTextBrowser *textOf(QDialog &sheet, const QString &html)
{
    auto *text = new QTextBrowser(&sheet);
    text->setHtml(html);
    text->setOpenExternalLinks(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setAccessibleName(sheet.windowTitle());
    return text;
}

QDialogButtonBox *layOut(QDialog &sheet, QTextBrowser *text, QSize size)
{
    sheet.setAttribute(Qt::WA_DeleteOnClose);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, &sheet);
    auto *layout = new QVBoxLayout(&sheet);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(text);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &sheet, &QDialog::close);
    sheet.resize(size.boundedTo(sheet.parentWidget()->size() - QSize(48, 48)));
    return buttons;
}

} // namespace

HelpSheet::HelpSheet(const Keymap &keymap, QWidget *parent)
    : QDialog(parent)
    , m_keymap(keymap)
{
    setWindowTitle(tr("Mouse and keys"));
    m_text = textOf(*this, page(partsOf(keymap), {}));
    QPushButton *change = layOut(*this, m_text, {680, 640})
                              ->addButton(tr("&Change keys and mouse\u2026"), QDialogButtonBox::ActionRole);
    change->setAutoDefault(false);
    connect(change, &QPushButton::clicked, this, &HelpSheet::keyboardRequested);
}

void HelpSheet::showPlace(const QString &place)
{
    m_text->setHtml(page(partsOf(m_keymap), place));
    show();
}

QString HelpSheet::placeOf(const QWidget *focused)
{
    for (const QWidget *widget = focused; widget; widget = widget->parentWidget()) {
        const QString place = widget->property(helpProperty).toString();
        if (!place.isEmpty())
            return place;
    }
    return {};
}

QString HelpSheet::text() const { return m_text->toPlainText(); }

void showAbout(QWidget *parent)
{
    auto *sheet = new QDialog(parent);
    sheet->setWindowTitle(tr("About Hilum"));
    QTextBrowser *text = textOf(
        *sheet,
        QStringLiteral("<h2>Hilum %1</h2>").arg(QStringLiteral(HILUM_VERSION))
            + paragraph(tr("Shows chest films as they were taken, lets two networks read them, and shows "
                           "where they looked."))
            + QStringLiteral("<p><b>%1</b></p>").arg(tr("For education, not for diagnosis.").toHtmlEscaped())
            + paragraph(
                tr("Free software under the GNU General Public License, version 3 or later, without any "
                   "warranty. Built with Qt, LibTorch, OpenCV, DCMTK, OpenJPEG and QCustomPlot."))
            + paragraph(
                tr("The hilum is where vessels and bronchi enter the lung: the first place to look.")));
    layOut(*sheet, text, {460, 320});
    sheet->show();
}

} // namespace hilum::ui
