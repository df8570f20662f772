// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/viewer/PresetDialogs.h"

#include "ui/viewer/CornerTexts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopedValueRollback>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

QComboBox *digitBox(int digit, const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItem(PresetDialog::tr("none"));
    for (int i = 1; i <= 9; ++i)
        box->addItem(QString::number(i));
    box->setCurrentIndex(std::clamp(digit, 0, 9));
    box->setAccessibleName(name);
    return box;
}

QDoubleSpinBox *percentField(double value, const QString &name, QWidget *parent)
{
    auto *field = new QDoubleSpinBox(parent);
    field->setLocale(QLocale::c());
    field->setRange(0, 100);
    field->setDecimals(2);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setSuffix(QStringLiteral(" %"));
    field->setValue(value);
    field->setAccessibleName(name);
    return field;
}

} // namespace

QString presetText(const OwnPreset &preset)
{
    if (preset.isRelative)
        return PresetDialog::tr("%1 % to %2 %")
            .arg(valueText(preset.lowPercent), valueText(preset.highPercent));
    return PresetDialog::tr("C %1  W %2").arg(valueText(preset.centre), valueText(preset.width));
}

PresetDialog::PresetDialog(OwnPreset preset, const QString &modality, QWidget *parent)
    : QDialog(parent)
    , m_preset(std::move(preset))
    , m_modality(modality)
    , m_name(new QLineEdit(m_preset.name, this))
    , m_onlyModality(new QCheckBox(tr("Only for %1 films").arg(modality), this))
    , m_digit(digitBox(m_preset.digit, tr("Digit key"), this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Save as preset"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(12, 12, 12, 12);
    form->setSpacing(8);
    m_name->setPlaceholderText(tr("Lungs, mediastinum, bones\u2026"));
    m_name->setMinimumWidth(fontMetrics().averageCharWidth() * 36);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("Keeps"), makeKinds());
    form->addRow(tr("&Key"), m_digit);
    m_onlyModality->setVisible(!modality.isEmpty());
    form->addRow(QString(), m_onlyModality);
    form->addRow(m_buttons);
    QPushButton *save = m_buttons->button(QDialogButtonBox::Save);
    save->setEnabled(!m_name->text().trimmed().isEmpty());
    connect(m_name, &QLineEdit::textChanged, save,
            [save](const QString &name) { save->setEnabled(!name.trimmed().isEmpty()); });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QWidget *PresetDialog::makeKinds()
{
    auto *kinds = new QWidget(this);
    auto *layout = new QVBoxLayout(kinds);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_absolute = new QRadioButton(tr("This window: %1").arg(presetText(m_preset)), kinds);
    m_relative = new QRadioButton(tr("Percentiles of each film's values"), kinds);
    m_absolute->setChecked(!m_preset.isRelative);
    m_relative->setChecked(m_preset.isRelative);
    auto *range = new QHBoxLayout;
    range->setSpacing(8);
    m_low = percentField(m_preset.lowPercent, tr("Black at percentile"), kinds);
    m_high = percentField(m_preset.highPercent, tr("White at percentile"), kinds);
    range->addSpacing(24);
    range->addWidget(m_low);
    range->addWidget(new QLabel(tr("to"), kinds));
    range->addWidget(m_high);
    range->addStretch(1);
    layout->addWidget(m_absolute);
    layout->addWidget(m_relative);
    layout->addLayout(range);
    for (QDoubleSpinBox *field : {m_low, m_high}) {
        field->setEnabled(m_preset.isRelative);
        connect(m_relative, &QRadioButton::toggled, field, &QWidget::setEnabled);
    }
    return kinds;
}

OwnPreset PresetDialog::preset() const
{
    OwnPreset preset = m_preset;
    preset.name = m_name->text().trimmed();
    preset.isRelative = m_relative->isChecked();
    preset.lowPercent = std::min(m_low->value(), m_high->value());
    preset.highPercent = std::max(m_low->value(), m_high->value());
    preset.modality = m_onlyModality->isChecked() ? m_modality : QString();
    preset.digit = m_digit->currentIndex();
    return preset;
}

PresetsDialog::PresetsDialog(PresetBook &book, QWidget *parent)
    : QDialog(parent)
    , m_book(book)
    , m_list(new QTreeWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Own presets"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    auto *hint
        = new QLabel(tr("F2 or a double click renames. A digit goes to the first preset that has it and "
                        "fits the film; the film's own windows take the digits that are left."),
                     this);
    hint->setWordWrap(true);
    hint->setProperty("role", QStringLiteral("muted"));
    m_list->setColumnCount(4);
    m_list->setHeaderLabels({tr("Name"), tr("Window"), tr("For"), tr("Key")});
    m_list->setRootIsDecorated(false);
    m_list->setAccessibleName(tr("Own presets"));
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [&](const QString &text, auto does) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, does);
    };
    add(tr("&Up"), [this] { move(-1); });
    add(tr("&Down"), [this] { move(1); });
    add(tr("D&elete"), [this] { removeCurrent(); });
    layout->addWidget(hint);
    layout->addWidget(m_list);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_list, &QTreeWidget::itemChanged, this, &PresetsDialog::keep);
    fill(0);
    resize(560, 360);
}

int PresetsDialog::row() const { return m_list->indexOfTopLevelItem(m_list->currentItem()); }

void PresetsDialog::fill(int current)
{
    const QScopedValueRollback quiet(m_filling, true);
    m_list->clear();
    for (const OwnPreset &preset : m_book.presets()) {
        auto *item = new QTreeWidgetItem(
            m_list,
            {preset.name, presetText(preset), preset.modality.isEmpty() ? tr("all") : preset.modality});
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        auto *digit = digitBox(preset.digit, tr("Key of %1").arg(preset.name), m_list);
        m_list->setItemWidget(item, 3, digit);
        connect(digit, &QComboBox::currentIndexChanged, this, &PresetsDialog::keep);
    }
    m_list->setCurrentItem(
        m_list->topLevelItem(std::clamp(current, 0, std::max(0, m_list->topLevelItemCount() - 1))));
}

void PresetsDialog::keep()
{
    if (m_filling)
        return;
    std::vector<OwnPreset> presets = m_book.presets();
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_list->topLevelItem(i);
        OwnPreset &preset = presets[static_cast<std::size_t>(i)];
        if (!item->text(0).trimmed().isEmpty())
            preset.name = item->text(0).trimmed();
        preset.digit = qobject_cast<QComboBox *>(m_list->itemWidget(item, 3))->currentIndex();
        // Only names are edited in place; what was typed elsewhere goes back.
        const QScopedValueRollback quiet(m_filling, true);
        item->setText(0, preset.name);
        item->setText(1, presetText(preset));
        item->setText(2, preset.modality.isEmpty() ? tr("all") : preset.modality);
    }
    m_book.setPresets(std::move(presets));
}

void PresetsDialog::move(int by)
{
    const int from = row();
    const int to = from + by;
    std::vector<OwnPreset> presets = m_book.presets();
    if (from < 0 || to < 0 || to >= static_cast<int>(presets.size()))
        return;
    std::swap(presets[static_cast<std::size_t>(from)], presets[static_cast<std::size_t>(to)]);
    m_book.setPresets(std::move(presets));
    fill(to);
}

void PresetsDialog::removeCurrent()
{
    const int current = row();
    if (current < 0)
        return;
    std::vector<OwnPreset> presets = m_book.presets();
    presets.erase(presets.begin() + current);
    m_book.setPresets(std::move(presets));
    fill(current);
}

} // namespace hilum::ui
