// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/SourcePart.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/plots/ClassNames.h"
#include "ui/train/Words.h"

#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int typingPauseMs = 400;
constexpr std::size_t mostRows = 12;
constexpr int swatchSide = 10;

} // namespace

SourcePart::SourcePart(Lanes &lanes, QWidget *parent)
    : QWidget(parent)
    , m_lanes(lanes)
    , m_path(new QLineEdit(this))
    , m_found(wordsLabel(this, "body"))
    , m_outlookText(wordsLabel(this, "muted"))
    , m_problem(wordsLabel(this, "warning"))
    , m_detail(wordsLabel(this, "small"))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_path->setPlaceholderText(tr("A folder of class folders, or a manifest (CSV)"));
    m_path->setAccessibleName(tr("Films to train with"));
    m_path->setToolTip(tr("Type a path, or drop a folder or a manifest anywhere in this window"));
    auto *folder = new QPushButton(tr("Choose a &folder\u2026"), this);
    folder->setToolTip(tr("A folder with one folder of films for each class"));
    auto *manifest = new QPushButton(tr("Choose a &manifest\u2026"), this);
    manifest->setToolTip(tr("A CSV file with the columns file and label, and group for the patient"));
    for (QPushButton *button : {folder, manifest})
        button->setAutoDefault(false);
    row->addWidget(m_path, 1);
    row->addWidget(folder);
    row->addWidget(manifest);
    layout->addLayout(row);
    auto *hint = wordsLabel(this, "small");
    say(hint,
        tr("Each folder in it is a class, its films inside: covid/film1.png, normal/film2.dcm. PNG, JPEG and "
           "DICOM."));
    layout->addWidget(hint);
    layout->addWidget(m_found);
    layout->addWidget(m_outlookText);
    layout->addWidget(m_problem);
    layout->addWidget(m_detail);
    m_typed.setSingleShot(true);
    m_typed.setInterval(typingPauseMs);
    connect(m_path, &QLineEdit::textEdited, &m_typed, qOverload<>(&QTimer::start));
    connect(m_path, &QLineEdit::returnPressed, this, &SourcePart::look);
    connect(&m_typed, &QTimer::timeout, this, &SourcePart::look);
    connect(folder, &QPushButton::clicked, this, &SourcePart::chooseFolder);
    connect(manifest, &QPushButton::clicked, this, &SourcePart::chooseManifest);
}

SourcePart::~SourcePart() { m_stop.request_stop(); }

void SourcePart::setPath(const QString &path)
{
    m_path->setText(QDir::toNativeSeparators(path));
    look();
}

void SourcePart::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Choose the folder that holds the class folders"),
                                   m_path->text().isEmpty() ? QDir::homePath() : m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &SourcePart::setPath);
    dialog->open();
}

void SourcePart::chooseManifest()
{
    auto *dialog = new QFileDialog(this, tr("Choose a manifest"),
                                   m_path->text().isEmpty() ? QDir::homePath() : m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Manifests (*.csv)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &SourcePart::setPath);
    dialog->open();
}

void SourcePart::look()
{
    m_typed.stop();
    m_stop.request_stop();
    QString path = m_path->text().trimmed();
    if (path == QLatin1String("~") || path.startsWith(QLatin1String("~/")))
        path.replace(0, 1, QDir::homePath());
    m_source.reset();
    if (path.isEmpty()) {
        m_looking = false;
        for (QLabel *label : {m_found, m_outlookText, m_problem, m_detail})
            label->hide();
        showClasses();
        Q_EMIT changed();
        return;
    }
    m_looking = true;
    say(m_found, tr("Looking at the films\u2026"));
    m_stop = runTask(
        m_lanes.decode(), this, [path](std::stop_token stop) { return inspectSource(path, std::move(stop)); },
        [this](tl::expected<TrainingSource, ErrorWords> found) { show(std::move(found)); });
    Q_EMIT changed();
}

void SourcePart::show(tl::expected<TrainingSource, ErrorWords> found)
{
    m_looking = false;
    if (!found) {
        m_source.reset();
        m_found->hide();
        m_outlookText->hide();
        showClasses();
        say(m_problem, found.error().what + QLatin1Char(' ') + found.error().tryThis);
        say(m_detail, found.error().detail);
        Q_EMIT changed();
        return;
    }
    m_source = std::move(*found);
    const TrainingSource &source = *m_source;
    QStringList said;
    said << (source.knowsPatients
                 ? tr("%1 films of %2 classes.").arg(source.films()).arg(source.classes.size())
                 : tr("%1 films of %2 classes; whose they are is not known, so each counts as a patient of "
                      "its own. If some are of one patient, the test will look better than it is: a manifest "
                      "with a group column prevents that.")
                       .arg(source.films())
                       .arg(source.classes.size()));
    if (source.origins.size() > 1)
        said << tr("They come from %1 collections.").arg(source.origins.size());
    if (source.others == 1)
        said << tr("1 other file is left out.");
    else if (source.others > 1)
        said << tr("%1 other files are left out.").arg(source.others);
    if (source.missing > 0)
        said << tr("%1 films of the manifest are not there and will be left out.").arg(source.missing);
    say(m_found, said.join(QLatin1Char(' ')));
    showClasses();
    judge();
    Q_EMIT changed();
}

void SourcePart::showClasses()
{
    delete m_table;
    m_table = nullptr;
    if (!m_source)
        return;
    m_table = new QWidget(this);
    auto *grid = new QGridLayout(m_table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    const auto put = [&](int row, int column, const QString &text, const char *role, Qt::Alignment side) {
        auto *label = new QLabel(text, m_table);
        label->setTextFormat(Qt::PlainText);
        label->setProperty("role", QLatin1String(role));
        grid->addWidget(label, row, column, side | Qt::AlignVCenter);
    };
    put(0, 1, tr("Class"), "small", Qt::AlignLeft);
    put(0, 2, tr("Films"), "small", Qt::AlignRight);
    if (m_source->knowsPatients)
        put(0, 3, tr("Patients"), "small", Qt::AlignRight);
    const auto &classes = m_source->classes;
    const QLocale locale;
    for (std::size_t i = 0; i < std::min(classes.size(), mostRows); ++i) {
        const int row = static_cast<int>(i) + 1;
        auto *swatch = new QLabel(m_table);
        swatch->setFixedSize(swatchSide, swatchSide);
        swatch->setStyleSheet(
            QStringLiteral("background: %1;").arg(classColour(classes[i].label, static_cast<int>(i)).name()));
        grid->addWidget(swatch, row, 0);
        put(row, 1, classTitle(classes[i].label), "body", Qt::AlignLeft);
        put(row, 2, locale.toString(classes[i].films), "body", Qt::AlignRight);
        if (m_source->knowsPatients)
            put(row, 3, locale.toString(classes[i].patients), "body", Qt::AlignRight);
    }
    if (classes.size() > mostRows)
        put(static_cast<int>(mostRows) + 1, 1, tr("and %1 more").arg(classes.size() - mostRows), "muted",
            Qt::AlignLeft);
    grid->setColumnStretch(4, 1);
    auto *column = qobject_cast<QVBoxLayout *>(layout());
    column->insertWidget(column->indexOf(m_outlookText), m_table);
}

void SourcePart::setRecipe(const Recipe &recipe)
{
    m_recipe = recipe;
    if (m_source && !m_looking)
        judge();
}

void SourcePart::judge()
{
    m_outlook = outlookOf(*m_source, m_recipe);
    say(m_outlookText, m_outlook.problem.isEmpty() ? m_outlook.sentence : QString());
    say(m_problem, m_outlook.problem);
    say(m_detail, {});
}

} // namespace hilum::ui
