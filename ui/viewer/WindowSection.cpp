// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/WindowSection.h"

#include "ui/bridge/Convert.h"
#include "ui/session/PresetBook.h"
#include "ui/viewer/CornerTexts.h"
#include "ui/viewer/HistogramStrip.h"
#include "ui/viewer/PresetDialogs.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace hilum::ui {

namespace {

constexpr double farthest = 1e12;

double narrowest(VoiFunction function) { return function == VoiFunction::Linear ? 1.0 : 1e-9; }

bool isSame(const Voi &left, const Voi &right)
{
    if (const auto *window = std::get_if<Window>(&left)) {
        const auto *other = std::get_if<Window>(&right);
        return other && *window == *other;
    }
    const auto *table = std::get_if<LookupTable>(&right);
    const auto &own = std::get<LookupTable>(left);
    return table && own.explanation == table->explanation && own.firstInput == table->firstInput
        && own.entries == table->entries;
}

} // namespace

WindowEnds endsOf(const Window &window)
{
    if (window.function != VoiFunction::Linear)
        return {window.centre - window.width / 2, window.centre + window.width / 2};
    const double half = (window.width - 1) / 2;
    return {window.centre - 0.5 - half, window.centre - 0.5 + half};
}

Window windowBetween(WindowEnds ends, VoiFunction function)
{
    const double span = std::max(ends.high - ends.low, 0.0);
    const double middle = ends.low + span / 2;
    if (function == VoiFunction::Linear)
        return {middle + 0.5, span + 1, function};
    return {middle, std::max(span, narrowest(function)), function};
}

QString functionText(const Voi &voi)
{
    if (const auto *table = std::get_if<LookupTable>(&voi))
        return table->explanation.empty()
            ? WindowSection::tr("VOI LUT of %1 entries").arg(table->entries.size())
            : WindowSection::tr("VOI LUT \"%1\"").arg(toText(table->explanation));
    switch (std::get<Window>(voi).function) {
    case VoiFunction::LinearExact:
        return WindowSection::tr("Linear, ends exact (LINEAR_EXACT)");
    case VoiFunction::Sigmoid:
        return WindowSection::tr("S-shaped (SIGMOID)");
    case VoiFunction::Linear:
        break;
    }
    return WindowSection::tr("Linear (LINEAR)");
}

ValueField::ValueField(QWidget *parent)
    : QDoubleSpinBox(parent)
{
    setLocale(QLocale::c()); // as every other number in the window
    setKeyboardTracking(false);
    setCorrectionMode(CorrectToNearestValue);
    setRange(-farthest, farthest);
    setAccelerated(true);
    setButtonSymbols(NoButtons);
    setAlignment(Qt::AlignRight);
    setToolTip(tr("Up and Down step, Shift finer, Ctrl coarser; Enter applies"));
}

void ValueField::setReach(double range)
{
    // A step is about a two-hundredth of the range, as 1, 2 or 5 of a power of ten.
    const double wanted = std::max(range, 1e-9) / 200;
    const double power = std::pow(10, std::floor(std::log10(wanted)));
    const double lead = wanted / power;
    setSingleStep(power * (lead < 2 ? 1 : lead < 5 ? 2 : 5));
    setDecimals(std::clamp(static_cast<int>(std::ceil(-std::log10(power))) + 2, 2, 12));
}

QString ValueField::textFromValue(double value) const
{
    QString text = QString::number(value, 'f', decimals());
    while (text.endsWith(QLatin1Char('0')))
        text.chop(1);
    if (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text == QLatin1String("-0") ? QStringLiteral("0") : text;
}

// Who clicks into a number wants another one.
void ValueField::focusInEvent(QFocusEvent *event)
{
    QDoubleSpinBox::focusInEvent(event);
    QTimer::singleShot(0, this, &QAbstractSpinBox::selectAll);
}

void ValueField::keyPressEvent(QKeyEvent *event)
{
    const int direction = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (direction == 0)
        return QDoubleSpinBox::keyPressEvent(event);
    const bool fine = event->modifiers() & Qt::ShiftModifier;
    const bool coarse = event->modifiers() & Qt::ControlModifier;
    interpretText();
    setValue(value() + direction * singleStep() * (coarse ? 10 : fine ? 0.1 : 1));
    selectAll();
}

WindowSection::WindowSection(PresetBook &book, QWidget *parent)
    : QWidget(parent)
    , m_book(book)
    , m_histogram(new HistogramStrip(this))
    , m_colour(new QLabel(tr("Windows don't apply to a colour film: its colours are shown as stored."), this))
    , m_numbers(makeNumbers())
{
    setAccessibleName(tr("Window"));
    m_colour->setWordWrap(true);
    m_colour->setProperty("role", QStringLiteral("muted"));
    m_colour->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_histogram);
    layout->addWidget(m_colour);
    layout->addWidget(m_numbers);
    layout->addWidget(makePresets());
    connect(m_histogram, &HistogramStrip::windowDragged, this,
            [this](const Window &window) { Q_EMIT voiChosen(window); });
    connect(&book, &PresetBook::changed, this, &WindowSection::fillPresets);
    setFilm(nullptr);
}

QWidget *WindowSection::makeNumbers()
{
    auto *numbers = new QWidget(this);
    auto *grid = new QGridLayout(numbers);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(8);
    m_function = new QLabel(numbers);
    m_function->setWordWrap(true);
    m_function->setTextFormat(Qt::PlainText);
    m_switch = new QComboBox(numbers);
    m_switch->addItems({tr("Centre and width"), tr("Minimum and maximum")});
    m_switch->setAccessibleName(tr("Window given as"));
    m_switch->setToolTip(tr("Give the window by its centre and width, or by its two ends"));
    m_firstName = new QLabel(numbers);
    m_secondName = new QLabel(numbers);
    m_first = new ValueField(numbers);
    m_second = new ValueField(numbers);
    m_firstName->setBuddy(m_first);
    m_secondName->setBuddy(m_second);
    grid->addWidget(m_function, 0, 0, 1, 4);
    grid->addWidget(m_switch, 1, 0, 1, 4);
    grid->addWidget(m_firstName, 2, 0);
    grid->addWidget(m_first, 2, 1);
    grid->addWidget(m_secondName, 2, 2);
    grid->addWidget(m_second, 2, 3);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    connect(m_switch, &QComboBox::currentIndexChanged, this, [this](int index) {
        showNumbers();
        Q_EMIT showsEndsChanged(index == 1);
    });
    for (ValueField *field : {m_first, m_second})
        connect(field, &QDoubleSpinBox::valueChanged, this, &WindowSection::applyNumbers);
    return numbers;
}

QWidget *WindowSection::makePresets()
{
    auto *part = new QWidget(this);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_presets = new QTreeWidget(part);
    m_presets->setColumnCount(2);
    m_presets->setHeaderLabels({tr("Preset"), tr("Key")});
    m_presets->setRootIsDecorated(false);
    m_presets->setUniformRowHeights(true);
    m_presets->setTextElideMode(Qt::ElideRight);
    m_presets->header()->setStretchLastSection(false);
    m_presets->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_presets->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_presets->setAccessibleName(tr("Window presets"));
    m_presets->setToolTip(tr("Click or press Enter to choose"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    m_save = new QPushButton(tr("Save as preset\u2026"), part);
    m_save->setToolTip(tr("Keep this window under a name and a digit key"));
    auto *manage = new QPushButton(tr("Own presets\u2026"), part);
    manage->setToolTip(tr("Rename, order, delete and give keys to own presets"));
    buttons->addWidget(m_save);
    buttons->addWidget(manage);
    buttons->addStretch(1);
    layout->addWidget(m_presets);
    layout->addLayout(buttons);
    connect(m_presets, &QTreeWidget::itemClicked, this, &WindowSection::choosePreset);
    connect(m_presets, &QTreeWidget::itemActivated, this, &WindowSection::choosePreset);
    connect(m_save, &QPushButton::clicked, this, &WindowSection::savePreset);
    connect(manage, &QPushButton::clicked, this, &WindowSection::managePresets);
    return part;
}

void WindowSection::setFilm(DisplayFilmPtr film)
{
    m_film = std::move(film);
    m_histogram->setFilm(m_film);
    const bool colour = m_film && m_film->isColour();
    m_colour->setVisible(colour);
    m_numbers->setEnabled(m_film && !colour);
    m_histogram->setEnabled(m_film && !colour);
    m_save->setEnabled(m_film && !colour);
    m_presets->setEnabled(!colour);
    if (m_film) {
        const QScopedValueRollback quiet(m_showing, true);
        for (ValueField *field : {m_first, m_second})
            field->setReach(m_film->range.high - m_film->range.low);
    }
    fillPresets();
    showNumbers();
}

void WindowSection::setVoi(const Voi &voi)
{
    m_voi = voi;
    m_histogram->setVoi(voi);
    showNumbers();
    markPreset();
}

bool WindowSection::showsEnds() const { return m_switch->currentIndex() == 1; }

void WindowSection::setShowsEnds(bool shows) { m_switch->setCurrentIndex(shows ? 1 : 0); }

void WindowSection::showNumbers()
{
    const QScopedValueRollback quiet(m_showing, true);
    m_function->setText(m_film && !m_film->isColour() ? functionText(m_voi) : QString());
    m_function->setVisible(!m_function->text().isEmpty());
    const Window window = asWindow(m_voi);
    const WindowEnds ends = endsOf(window);
    const bool byEnds = showsEnds();
    m_firstName->setText(byEnds ? tr("Min") : tr("Centre"));
    m_secondName->setText(byEnds ? tr("Max") : tr("Width"));
    m_first->setAccessibleName(byEnds ? tr("Window minimum") : tr("Window centre"));
    m_second->setAccessibleName(byEnds ? tr("Window maximum") : tr("Window width"));
    m_first->setRange(-farthest, farthest);
    m_second->setRange(byEnds ? -farthest : narrowest(window.function), farthest);
    m_first->setValue(byEnds ? ends.low : window.centre);
    m_second->setValue(byEnds ? ends.high : window.width);
}

void WindowSection::applyNumbers()
{
    if (m_showing || !m_film)
        return;
    Window window = asWindow(m_voi);
    if (showsEnds()) {
        // The end that was not typed gives way when they cross.
        WindowEnds ends{m_first->value(), m_second->value()};
        if (ends.low > ends.high)
            (sender() == m_first ? ends.high : ends.low) = sender() == m_first ? ends.low : ends.high;
        window = windowBetween(ends, window.function);
    } else {
        window.centre = m_first->value();
        window.width = std::max(m_second->value(), narrowest(window.function));
    }
    Q_EMIT voiChosen(window);
}

void WindowSection::fillPresets()
{
    m_presets->clear();
    if (m_film && !m_film->isColour()) {
        for (const OfferedPreset &offer : m_book.offered(*m_film)) {
            auto *item = new QTreeWidgetItem(
                m_presets, {offer.name, offer.digit > 0 ? QString::number(offer.digit) : QString()});
            item->setToolTip(0, offer.isOwn ? tr("%1 (own)").arg(offer.name) : offer.name);
        }
    }
    fitPresets();
    markPreset();
}

void WindowSection::fitPresets()
{
    const int rows = std::clamp(m_presets->topLevelItemCount(), 3, 7);
    const int rowHeight
        = m_presets->topLevelItemCount() > 0 ? m_presets->sizeHintForRow(0) : fontMetrics().height() + 4;
    m_presets->setFixedHeight(rows * rowHeight + m_presets->header()->sizeHint().height() + 4);
}

void WindowSection::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        QTimer::singleShot(0, this, &WindowSection::fitPresets); // the list has its new font by then
}

void WindowSection::markPreset()
{
    if (!m_film || m_film->isColour())
        return;
    const auto offers = m_book.offered(*m_film);
    for (int i = 0; i < m_presets->topLevelItemCount(); ++i) {
        const OfferedPreset &offer = offers[static_cast<std::size_t>(i)];
        // Percentiles cost a walk over the film; they are marked by what they were chosen as.
        const bool cheap
            = !offer.isOwn || !m_book.presets()[static_cast<std::size_t>(offer.index)].isRelative;
        if (cheap && isSame(m_book.voiOf(*m_film, offer), m_voi))
            return m_presets->setCurrentItem(m_presets->topLevelItem(i));
    }
    m_presets->setCurrentItem(nullptr);
}

void WindowSection::choosePreset()
{
    const int row = m_presets->indexOfTopLevelItem(m_presets->currentItem());
    if (m_film && row >= 0)
        Q_EMIT voiChosen(m_book.voiOf(*m_film, m_book.offered(*m_film)[static_cast<std::size_t>(row)]));
}

void WindowSection::savePreset()
{
    OwnPreset preset;
    const Window window = asWindow(m_voi);
    preset.centre = window.centre;
    preset.width = window.width;
    preset.function = window.function;
    auto *dialog = new PresetDialog(preset, toText(m_film->film->modality), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_book.add(dialog->preset()); });
    dialog->open();
}

void WindowSection::managePresets() { (new PresetsDialog(m_book, window()))->open(); }

} // namespace hilum::ui
