// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/ChangeForm.h"

#include "core/lab/Strength.h"
#include "ui/bridge/Convert.h"
#include "ui/lab/ChangeWords.h"
#include "ui/predict/ReadingText.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int steps = 1000;

// The grey of whatever covers; none for other changes.
double *greyOf(FilmChange &change)
{
    return std::visit(
        [](auto &c) -> double * {
            if constexpr (requires { c.grey; })
                return &c.grey;
            else
                return nullptr;
        },
        change);
}

} // namespace

ChangeForm::ChangeForm(std::function<int()> newGesture, QWidget *parent)
    : QWidget(parent)
    , m_newGesture(std::move(newGesture))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    rebuild();
}

void ChangeForm::setChange(const FilmChange *change, int place)
{
    const bool isSame = change != nullptr && m_has && change->index() == m_change.index() && place == m_place;
    m_place = place;
    m_has = change != nullptr;
    if (change != nullptr)
        m_change = *change;
    // What a person is writing in, or turning, is not taken away.
    if (isSame)
        return showNumbers();
    rebuild();
}

void ChangeForm::edit(const std::function<void(FilmChange &)> &change, int gesture)
{
    if (m_isShowing || !m_has)
        return;
    change(m_change);
    showNumbers();
    Q_EMIT edited(m_change, gesture);
}

void ChangeForm::rebuild()
{
    delete m_rows;
    m_numbers.clear();
    m_others.clear();
    m_rows = new QWidget(this);
    layout()->addWidget(m_rows);
    m_form = new QFormLayout(m_rows);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setHorizontalSpacing(8);
    m_form->setVerticalSpacing(4);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    auto *hint = new QLabel(
        m_has ? changeHint(m_change)
              : tr("Add a change, open an experiment, or drag on the film to cover a part of it. "
                   "The networks read the film again at once; whiskers stay where the film as it "
                   "was lies."),
        m_rows);
    hint->setWordWrap(true);
    hint->setProperty("role", QStringLiteral("small"));
    m_form->addRow(hint);
    if (!m_has)
        return;
    if (const auto scale = strengthScale(m_change))
        addNumber(
            {strengthTitle(m_change), 0, 1,
             [scale](const FilmChange &c) { return scale->shareOf(strengthOf(c)); },
             [scale](FilmChange &c, double share) { c = withStrength(std::move(c), scale->valueAt(share)); },
             strengthText});
    addKindRows();
    if (greyOf(m_change) != nullptr)
        addNumber({tr("Grey, black to white"), 0, 1,
                   [](const FilmChange &c) {
                       FilmChange copy = c;
                       return *greyOf(copy);
                   },
                   [](FilmChange &c, double grey) { *greyOf(c) = grey; },
                   [](const FilmChange &c) {
                       FilmChange copy = c;
                       return twoDecimals(*greyOf(copy));
                   }});
    showNumbers();
}

void ChangeForm::addKindRows()
{
    if (std::holds_alternative<PasteText>(m_change))
        addLetters();
    if (std::holds_alternative<CoverBrush>(m_change))
        addNumber({tr("Diameter, share of the side"), 0.01, 0.4,
                   [](const FilmChange &c) { return std::get<CoverBrush>(c).diameter; },
                   [](FilmChange &c, double value) { std::get<CoverBrush>(c).diameter = value; },
                   [](const FilmChange &c) { return twoDecimals(std::get<CoverBrush>(c).diameter); }});
    if (std::holds_alternative<ChangeWindow>(m_change))
        addNumber({tr("Centre, share of the film's greys"), 0, 1,
                   [](const FilmChange &c) { return std::get<ChangeWindow>(c).centre; },
                   [](FilmChange &c, double value) { std::get<ChangeWindow>(c).centre = value; },
                   [](const FilmChange &c) { return twoDecimals(std::get<ChangeWindow>(c).centre); }});
    if (std::holds_alternative<CoverLungs>(m_change))
        addChoice(
            tr("What is covered"), {tr("The lungs"), tr("All but the lungs")},
            [](const FilmChange &c) { return static_cast<int>(std::get<CoverLungs>(c).part); },
            [](FilmChange &c, int part) { std::get<CoverLungs>(c).part = static_cast<LungPart>(part); });
    if (std::holds_alternative<Flip>(m_change))
        addChoice(
            tr("Which way"), {tr("Left and right"), tr("Top and bottom")},
            [](const FilmChange &c) { return static_cast<int>(std::get<Flip>(c).axis); },
            [](FilmChange &c, int axis) { std::get<Flip>(c).axis = static_cast<FlipAxis>(axis); });
    if (std::holds_alternative<AddNoise>(m_change)) {
        auto *again = new QPushButton(tr("Other grains"), m_rows);
        again->setAutoDefault(false);
        again->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        connect(again, &QPushButton::clicked, this,
                [this] { edit([](FilmChange &c) { ++std::get<AddNoise>(c).seed; }, 0); });
        m_form->addRow(again);
    }
}

void ChangeForm::addNumber(Number number)
{
    auto *row = new QWidget(m_rows);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto *slider = new QSlider(Qt::Horizontal, row);
    slider->setRange(0, steps);
    slider->setPageStep(steps / 20);
    slider->setSingleStep(steps / 100);
    slider->setAccessibleName(number.title);
    auto *value = new QLabel(row);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    value->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("-45.00\u00b0")));
    line->addWidget(slider, 1);
    line->addWidget(value);
    m_form->addRow(number.title, row);
    connect(slider, &QSlider::sliderPressed, this, [this] { m_gesture = m_newGesture(); });
    connect(slider, &QSlider::valueChanged, this, [this, number](int at) {
        if (m_isShowing)
            return;
        if (m_gesture == 0)
            m_gesture = m_newGesture();
        const double to = std::lerp(number.low, number.high, static_cast<double>(at) / steps);
        edit([&](FilmChange &c) { number.set(c, to); }, m_gesture);
    });
    m_numbers.push_back({std::move(number), slider, value});
}

void ChangeForm::addLetters()
{
    auto *line = new QLineEdit(toText(std::get<PasteText>(m_change).text), m_rows);
    line->setMaxLength(24);
    line->setAccessibleName(tr("Letters"));
    connect(line, &QLineEdit::textEdited, this, [this](const QString &text) {
        if (isMarkerText(text.toStdString()))
            edit([&](FilmChange &c) { std::get<PasteText>(c).text = text.toStdString(); }, 0);
    });
    m_others.emplace_back([this, line] {
        if (!line->hasFocus())
            line->setText(toText(std::get<PasteText>(m_change).text));
    });
    auto *row = new QWidget(m_rows);
    auto *buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addWidget(line, 1);
    for (const char *letter : {"L", "R", "PA", "AP"}) {
        auto *button = new QPushButton(QLatin1String(letter), row);
        button->setAutoDefault(false);
        button->setMaximumWidth(button->fontMetrics().horizontalAdvance(QStringLiteral("PA")) + 40);
        connect(button, &QPushButton::clicked, this, [this, line, letter] {
            line->setText(QLatin1String(letter));
            edit([&](FilmChange &c) { std::get<PasteText>(c).text = letter; }, 0);
        });
        buttons->addWidget(button);
    }
    m_form->addRow(tr("Letters"), row);
}

void ChangeForm::addChoice(const QString &title, const QStringList &choices,
                           const std::function<int(const FilmChange &)> &get,
                           const std::function<void(FilmChange &, int)> &choose)
{
    auto *box = new QComboBox(m_rows);
    box->addItems(choices);
    m_others.emplace_back([this, box, get] { box->setCurrentIndex(get(m_change)); });
    box->setAccessibleName(title);
    connect(box, &QComboBox::activated, this,
            [this, choose](int index) { edit([&](FilmChange &c) { choose(c, index); }, 0); });
    m_form->addRow(title, box);
}

void ChangeForm::showNumbers()
{
    const QScopedValueRollback<bool> showing(m_isShowing, true);
    for (const auto &show : m_others)
        show();
    for (const Row &row : m_numbers) {
        const double share = (row.number.get(m_change) - row.number.low) / (row.number.high - row.number.low);
        if (!row.slider->isSliderDown())
            row.slider->setValue(static_cast<int>(std::lround(share * steps)));
        row.value->setText(row.number.text(m_change));
    }
}

} // namespace hilum::ui
