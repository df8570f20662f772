// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/guest/NetworkForm.h"

#include "ui/bridge/Convert.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>

namespace hilum::ui {

namespace {

constexpr auto ownValues = "own";
constexpr int classLines = 4;
constexpr int faultWidth = 480;
constexpr int longestTitle = 20; // it heads a column of readings

QString presetTitle(const ValuesPreset &preset)
{
    if (preset.name == "unit")
        return NetworkForm::tr("0 to 1");
    if (preset.name == "imagenet")
        return NetworkForm::tr("0 to 1, less ImageNet's mean, over its deviation");
    if (preset.name == "minus-one-to-one")
        return NetworkForm::tr("\u22121 to 1");
    if (preset.name == "0-to-255")
        return NetworkForm::tr("0 to 255");
    return NetworkForm::tr("each film by its own mean and deviation");
}

QString numbers(const std::array<float, 3> &values)
{
    const auto one = [](float value) { return QString::number(static_cast<double>(value), 'g', 6); };
    if (values[0] == values[1] && values[1] == values[2])
        return one(values[0]);
    return one(values[0]) + QStringLiteral(", ") + one(values[1]) + QStringLiteral(", ") + one(values[2]);
}

// A number, a list of numbers, or what was written, for the card's reader to complain about.
QJsonValue listed(const QString &text)
{
    static const QRegularExpression gap(QStringLiteral("[,;\\s]+"));
    const QStringList parts = text.split(gap, Qt::SkipEmptyParts);
    QJsonArray list;
    for (const QString &part : parts) {
        bool isNumber = false;
        const double value = part.toDouble(&isNumber);
        if (!isNumber)
            return text;
        list.append(value);
    }
    return list.size() == 1 ? list.first() : QJsonValue(list);
}

QComboBox *chooser(const QString &spoken)
{
    auto *box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(24);
    box->setAccessibleName(spoken);
    return box;
}

} // namespace

NetworkForm::NetworkForm(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLineEdit)
    , m_classes(new QPlainTextEdit)
    , m_size(new QSpinBox)
    , m_crop(chooser(tr("Part of the film")))
    , m_channels(chooser(tr("Channels")))
    , m_values(chooser(tr("Grey values")))
    , m_mean(new QLineEdit)
    , m_deviation(new QLineEdit)
    , m_outputs(chooser(tr("What the network answers")))
    , m_origin(new QLineEdit)
    , m_licence(new QLineEdit)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addFile(*form, tr("Network &file"), m_model, CardField::File, tr("TorchScript file of the network"));
    addFile(*form, tr("&Head file"), m_head, CardField::Head, tr("TorchScript file of the head"));
    m_head->setPlaceholderText(tr("only for a network in two pieces: features above, head here"));
    form->addRow(tr("&Name"), m_title);
    m_title->setMaxLength(longestTitle);
    m_classes->setPlaceholderText(tr("one a line, in the order of the network's answers"));
    m_classes->setTabChangesFocus(true);
    m_classes->setFixedHeight(classLines * fontMetrics().lineSpacing() + 16);
    m_classes->setAccessibleName(tr("Classes"));
    addRow(*form, tr("&Classes"), m_classes, CardField::Classes);

    m_size->setRange(32, 4096);
    m_size->setValue(224);
    m_size->setSuffix(tr(" pixels a side"));
    addRow(*form, tr("Input &size"), m_size, CardField::Size);
    m_crop->addItem(tr("the centred square of the film"), QStringLiteral("centre-square"));
    m_crop->addItem(tr("the whole film, squeezed to a square"), QStringLiteral("squeeze"));
    form->addRow(tr("Of &it"), m_crop);
    m_channels->addItem(tr("one: grey"), QStringLiteral("grey"));
    m_channels->addItem(tr("three times the grey: red, green, blue"), QStringLiteral("rgb"));
    m_channels->addItem(tr("three times the grey: blue, green, red"), QStringLiteral("bgr"));
    m_channels->setCurrentIndex(1);
    m_channels->setToolTip(tr("Films are grey: the order only says which mean goes to which channel"));
    addRow(*form, tr("Chann&els"), m_channels, CardField::Channels);

    for (const ValuesPreset &preset : valuesPresets())
        m_values->addItem(presetTitle(preset), toText(preset.name));
    m_values->insertSeparator(m_values->count());
    m_values->addItem(tr("0 to 1, less a mean, over a deviation of its own"), QLatin1String(ownValues));
    m_values->setCurrentIndex(m_values->findData(QStringLiteral("imagenet")));
    form->addRow(tr("Grey &values"), m_values);
    auto *own = new QWidget;
    auto *row = new QHBoxLayout(own);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (const auto &[field, text] :
         {std::pair(m_mean, tr("mean")), std::pair(m_deviation, tr("deviation"))}) {
        row->addWidget(new QLabel(text));
        field->setAccessibleName(text);
        field->setToolTip(tr("One number, or three: red, green, blue"));
        row->addWidget(field, 1);
    }
    addRow(*form, {}, own, CardField::Values);
    m_outputs->addItem(tr("logits: any numbers"), QStringLiteral("logits"));
    m_outputs->addItem(tr("probabilities that sum to 1"), QStringLiteral("probabilities"));
    addRow(*form, tr("&Answers"), m_outputs, CardField::Outputs);
    m_origin->setPlaceholderText(tr("who made it, from what films, where it can be found"));
    form->addRow(tr("Where fro&m"), m_origin);
    m_licence->setPlaceholderText(tr("what its maker allows"));
    form->addRow(tr("&Licence"), m_licence);

    for (QLineEdit *field : {m_model, m_head, m_title, m_mean, m_deviation, m_origin, m_licence})
        connect(field, &QLineEdit::textChanged, this, &NetworkForm::changed);
    connect(m_classes, &QPlainTextEdit::textChanged, this, &NetworkForm::changed);
    connect(m_size, &QSpinBox::valueChanged, this, &NetworkForm::changed);
    for (QComboBox *box : {m_crop, m_channels, m_values, m_outputs})
        connect(box, &QComboBox::currentIndexChanged, this, &NetworkForm::changed);
    connect(m_values, &QComboBox::currentIndexChanged, this, &NetworkForm::valuesChosen);
    valuesChosen();
}

void NetworkForm::addFile(QFormLayout &form, const QString &label, QLineEdit *&field, CardField which,
                          const QString &spoken)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    field = new QLineEdit;
    field->setAccessibleName(spoken);
    auto *choose = new QPushButton(tr("Choose\u2026"));
    choose->setAutoDefault(false);
    choose->setAccessibleName(tr("Choose: %1").arg(spoken));
    connect(choose, &QPushButton::clicked, this, [this, line = field] { chooseFile(line); });
    layout->addWidget(field, 1);
    layout->addWidget(choose);
    addRow(form, label, row, which);
    if (auto *title = qobject_cast<QLabel *>(form.labelForField(row)))
        title->setBuddy(field);
}

// The words of a fault lie below the field that is wrong.
void NetworkForm::addRow(QFormLayout &form, const QString &label, QWidget *field, CardField which)
{
    if (label.isEmpty())
        form.addRow(QString(), field);
    else
        form.addRow(label, field);
    form.addRow(QString(), faultLabel(which));
}

QLabel *NetworkForm::faultLabel(CardField which)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setProperty("role", QStringLiteral("warning"));
    label->setMinimumWidth(faultWidth); // a wrapped label asks for the height of a narrow one
    label->hide();
    m_faults.insert(static_cast<int>(which), label);
    return label;
}

void NetworkForm::chooseFile(QLineEdit *field)
{
    const QString start = QFileInfo(field->text().isEmpty() ? m_model->text() : field->text()).path();
    const QString file = QFileDialog::getOpenFileName(
        window(), tr("Choose a network's file"), start,
        tr("TorchScript or weights (*.pt *.pth *.torchscript *.ts *.jit *.safetensors);;All files (*)"));
    if (file.isEmpty())
        return;
    field->setText(file);
    if (field == m_model && m_title->text().isEmpty())
        m_title->setText(QFileInfo(file).completeBaseName());
}

void NetworkForm::valuesChosen()
{
    const QString chosen = m_values->currentData().toString();
    const bool isOwn = chosen == QLatin1String(ownValues);
    for (QLineEdit *field : {m_mean, m_deviation})
        field->setEnabled(isOwn);
    for (const ValuesPreset &preset : valuesPresets()) {
        if (chosen == toText(preset.name)) {
            m_mean->setText(numbers(preset.mean));
            m_deviation->setText(numbers(preset.deviation));
        }
    }
}

GuestFiles NetworkForm::files() const
{
    const QString head = m_head->text().trimmed();
    return {toPath(m_model->text().trimmed()), head.isEmpty() ? std::filesystem::path() : toPath(head)};
}

void NetworkForm::setFiles(const QString &model, const QString &head)
{
    m_model->setText(model);
    m_head->setText(head);
    if (m_title->text().isEmpty())
        m_title->setText(QFileInfo(model).completeBaseName());
}

QString NetworkForm::title() const { return m_title->text().trimmed(); }

void NetworkForm::setClasses(const QStringList &classes)
{
    m_classes->setPlainText(classes.join(QLatin1Char('\n')));
}

std::string NetworkForm::cardJson() const
{
    QJsonArray classes;
    for (const QString &line : m_classes->toPlainText().split(QLatin1Char('\n'))) {
        if (!line.trimmed().isEmpty())
            classes.append(line.trimmed());
    }
    QJsonObject input{{QStringLiteral("size"), m_size->value()},
                      {QStringLiteral("crop"), m_crop->currentData().toString()},
                      {QStringLiteral("channels"), m_channels->currentData().toString()},
                      {QStringLiteral("standardise"), QStringLiteral("unit")}};
    if (m_values->currentData().toString() == QLatin1String(ownValues)) {
        input[QStringLiteral("mean")] = listed(m_mean->text());
        input[QStringLiteral("std")] = listed(m_deviation->text());
    }
    for (const ValuesPreset &preset : valuesPresets()) {
        if (m_values->currentData().toString() != toText(preset.name))
            continue;
        QJsonArray mean;
        QJsonArray deviation;
        for (std::size_t c = 0; c < 3; ++c) {
            mean.append(static_cast<double>(preset.mean[c]));
            deviation.append(static_cast<double>(preset.deviation[c]));
        }
        input[QStringLiteral("mean")] = mean;
        input[QStringLiteral("std")] = deviation;
        if (preset.standardise == Standardise::PerFilm)
            input[QStringLiteral("standardise")] = QStringLiteral("per-film");
    }
    const QJsonObject card{{QStringLiteral("title"), title()},
                           {QStringLiteral("classes"), classes},
                           {QStringLiteral("input"), input},
                           {QStringLiteral("outputs"), m_outputs->currentData().toString()},
                           {QStringLiteral("origin"), m_origin->text().trimmed()},
                           {QStringLiteral("weightsLicence"), m_licence->text().trimmed()}};
    return QJsonDocument(card).toJson(QJsonDocument::Compact).toStdString();
}

CardField NetworkForm::fieldOf(const Error &error)
{
    const std::pair<const char *, CardField> keys[]
        = {{"classes:", CardField::Classes},         {"input.size:", CardField::Size},
           {"input.channels:", CardField::Channels}, {"input.mean:", CardField::Values},
           {"input.std:", CardField::Values},        {"outputs:", CardField::Outputs}};
    for (const auto &[key, field] : keys) {
        if (error.detail.find(key) != std::string::npos)
            return field;
    }
    return CardField::File;
}

void NetworkForm::showFault(const GuestFault &fault)
{
    clearFaults();
    QLabel *label = m_faults.value(static_cast<int>(fault.field));
    label->setText(toText(fault.error.detail));
    label->show();
}

void NetworkForm::clearFaults()
{
    for (QLabel *label : std::as_const(m_faults))
        label->hide();
}

} // namespace hilum::ui
