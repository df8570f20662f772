// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/Theme.h"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

namespace hilum::ui {

namespace {

constexpr double bodyPoints = 10;
constexpr double titlePoints = 15;
constexpr double smallPoints = 9;

QPalette paletteOf(const Theme &theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.background);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.surface);
    palette.setColor(QPalette::AlternateBase, theme.raised);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    palette.setColor(QPalette::Button, theme.surface);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::ToolTipBase, theme.raised);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::Light, theme.raised);
    palette.setColor(QPalette::Midlight, theme.raised);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, theme.line);
    palette.setColor(QPalette::Shadow, theme.background);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, theme.muted);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.line);
    return palette;
}

QString styleSheetOf(const Theme &theme, double scale)
{
    const auto points
        = [scale](double size) { return QString::number(size * scale, 'f', 1) + QLatin1String("pt"); };
    QString sheet = QStringLiteral(
        // Said here, too: a new application font does not reach every widget that a style sheet has styled.
        "QWidget { font-size: @bodyPoints; }"
        "QToolTip { color: @text; background: @raised; border: 1px solid @line; padding: 4px; }"
        "QLabel[role=title] { font-size: @titlePoints; }"
        "QLabel[role=strong] { font-weight: 600; }"
        "QLabel[role=small] { font-size: @smallPoints; color: @muted; }"
        "QLabel[role=muted] { color: @muted; }"
        "QLabel[role=warning] { color: @warning; font-weight: 600; }"
        "QFrame[gravity] { border: none; border-left: 4px solid @line; background: @surface; }"
        "QFrame[gravity=grave] { border-left-color: @error; }"
        "QFrame[gravity=warning] { border-left-color: @warning; }"
        "QFrame[gravity=good] { border-left-color: @accent; }"
        "QDialog[role=popup] { border: 1px solid @line; }"
        "QToolBar { border: none; border-bottom: 1px solid @line; padding: 4px 8px; spacing: 4px; }"
        "QToolBar::separator { background: @line; width: 1px; margin: 4px; }"
        "QToolButton { border: 1px solid transparent; padding: 4px; background: transparent; }"
        "QToolButton:hover { background: @raised; }"
        "QToolButton:checked { background: @raised; border-color: @accent; }"
        "QToolButton:focus { border-color: @accent; }"
        "QToolButton:checked:focus { border: 2px solid @accent; padding: 3px; }"
        "QToolButton[role=row] { text-align: left; padding: 4px 4px; }"
        "QPushButton { border: 1px solid @line; padding: 6px 16px; background: @surface; }"
        "QPushButton:hover { background: @raised; }"
        "QPushButton:default { border-color: @muted; }"
        "QPushButton:focus { border-color: @accent; }"
        "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"
        "QMenuBar { border-bottom: 1px solid @line; }"
        "QMenuBar::item { padding: 4px 8px; background: transparent; }"
        "QMenuBar::item:selected { background: @raised; }"
        "QStatusBar { border-top: 1px solid @line; }"
        "QStatusBar::item { border: none; }"
        "QMainWindow::separator { background: @line; width: 1px; height: 1px; }"
        "QSplitter::handle { background: @line; }"
        "QTabBar::tab { padding: 6px 12px; border: none; border-top: 2px solid transparent; color: @muted; }"
        "QTabBar::tab:selected { color: @text; border-top-color: @accent; }"
        "QTabBar::tab:hover, QTabBar::tab:focus { color: @text; background: @raised; }"
        "QScrollArea { border: none; }"
        "QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid "
        "@line;"
        " padding: 4px; }"
        "QTreeView, QLineEdit { border: 1px solid @line; background: @surface; }"
        "QLineEdit { padding: 4px; }"
        "QCheckBox { spacing: 8px; }"
        "QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @muted; background: @surface; }"
        "QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }"
        "QCheckBox::indicator:checked { border-color: @accent; background: @accent; image: url(@check); }"
        "QCheckBox:disabled { color: @muted; }"
        "QRadioButton { spacing: 8px; }"
        "QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid @muted; border-radius: 7px;"
        " background: @surface; }"
        "QRadioButton::indicator:hover, QRadioButton::indicator:focus { border-color: @accent; }"
        "QRadioButton::indicator:checked { border: 4px solid @accent; width: 6px; height: 6px; }"
        "QTreeView::item { padding: 2px 0; }"
        "QAbstractSpinBox { border: 1px solid @line; padding: 3px; background: @surface; }"
        "QAbstractSpinBox:focus { border-color: @accent; }"
        "QAbstractSpinBox:disabled, QLineEdit:disabled { color: @muted; }"
        "QAbstractSpinBox QLineEdit { border: none; padding: 0; }"
        "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 18px; border: none;"
        " background: transparent; subcontrol-origin: border; }"
        "QAbstractSpinBox::up-button { subcontrol-position: top right; }"
        "QAbstractSpinBox::down-button { subcontrol-position: bottom right; }"
        "QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @raised; }"
        "QAbstractSpinBox::up-arrow { width: 10px; height: 8px; image: url(:/icons/step-up-@tone.svg); }"
        "QAbstractSpinBox::down-arrow { width: 10px; height: 8px; image: url(:/icons/step-down-@tone.svg); }"
        "QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:off,"
        "QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::down-arrow:disabled { image: none; }"
        "QTreeView:focus, QLineEdit:focus { border-color: @accent; }"
        "QPushButton[role=section] { border: none; border-bottom: 1px solid @line; text-align: left;"
        " padding: 8px 0; font-weight: 600; background: transparent; }"
        "QPushButton[role=section]:hover { color: @accent; }"
        "QPushButton[role=link] { border: 1px solid transparent; text-align: left; padding: 4px 6px;"
        " background: transparent; }"
        "QPushButton[role=link]:hover { color: @accent; }"
        "QPushButton[role=link]:focus { border-color: @accent; }"
        "QPushButton[role=section]:focus { border-bottom-color: @accent; color: @accent; }");
    // Longer names first: @text begins none, but @line must not eat a longer one.
    sheet.replace(QLatin1String("@bodyPoints"), points(bodyPoints));
    sheet.replace(QLatin1String("@titlePoints"), points(titlePoints));
    sheet.replace(QLatin1String("@smallPoints"), points(smallPoints));
    sheet.replace(QLatin1String("@check"),
                  theme.onAccent.lightness() > 127 ? QLatin1String(":/icons/check-white.svg")
                                                   : QLatin1String(":/icons/check-black.svg"));
    sheet.replace(QLatin1String("@tone"), QLatin1String(theme.text.lightness() > 127 ? "white" : "black"));
    sheet.replace(QLatin1String("@raised"), theme.raised.name());
    sheet.replace(QLatin1String("@surface"), theme.surface.name());
    sheet.replace(QLatin1String("@warning"), theme.warning.name());
    sheet.replace(QLatin1String("@error"), theme.error.name());
    sheet.replace(QLatin1String("@accent"), theme.accent.name());
    sheet.replace(QLatin1String("@muted"), theme.muted.name());
    sheet.replace(QLatin1String("@text"), theme.text.name());
    sheet.replace(QLatin1String("@line"), theme.line.name());
    return sheet;
}

} // namespace

const Theme &themeOf(ThemeChoice choice)
{
    static const Theme dark{QColor(0x16, 0x18, 0x1b), QColor(0x1c, 0x1f, 0x23), QColor(0x2a, 0x2e, 0x34),
                            QColor(0x34, 0x38, 0x3e), QColor(0xe6, 0xe6, 0xe6), QColor(0x9a, 0xa0, 0xa8),
                            QColor(0x6c, 0xb2, 0xeb), QColor(0x10, 0x14, 0x18), QColor(0xf0, 0xc0, 0x5a),
                            QColor(0xf0, 0x80, 0x70)};
    static const Theme light{QColor(0xf4, 0xf4, 0xf2), QColor(0xff, 0xff, 0xff), QColor(0xe2, 0xe6, 0xea),
                             QColor(0xc8, 0xcc, 0xd0), QColor(0x1c, 0x1e, 0x21), QColor(0x5a, 0x60, 0x68),
                             QColor(0x12, 0x62, 0xa8), QColor(0xff, 0xff, 0xff), QColor(0x8a, 0x56, 0x00),
                             QColor(0xb0, 0x2a, 0x1a)};
    return choice == ThemeChoice::Light ? light : dark;
}

PlotTheme plotTheme(const Theme &theme)
{
    return {theme.background, theme.surface, theme.line, theme.text, theme.muted, theme.accent};
}

void applyTheme(QApplication &application, const Theme &theme, double textScale)
{
    if (application.style()->name() != QLatin1String("fusion"))
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QFont font = application.font();
    font.setPointSizeF(bodyPoints * textScale);
    application.setFont(font);
    application.setPalette(paletteOf(theme));
    application.setStyleSheet(styleSheetOf(theme, textScale));
}

} // namespace hilum::ui
