// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/AuditPart.h"

#include "ui/train/LowPriority.h"
#include "ui/train/Words.h"

#include <QDesktopServices>
#include <QFile>
#include <QGridLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QUrl>

#include <cmath>
#include <map>
#include <utility>

namespace hilum::ui {

namespace {

constexpr int mostFindings = 4;
constexpr qsizetype keptErrors = 4096;

// What a classifier without anatomy was given, as audit.json names it (core/audit/Audit.h).
QString baselineText(const QString &name)
{
    const std::map<QString, QString> titles{
        {QStringLiteral("header"), AuditPart::tr("the file: size, shape, format")},
        {QStringLiteral("recorded"), AuditPart::tr("the recorded size of the original")},
        {QStringLiteral("statistics"), AuditPart::tr("brightness, border, sharpness, letters")},
        {QStringLiteral("thumbnail"), AuditPart::tr("16 \u00d7 16 greys")},
        {QStringLiteral("lungsHidden"), AuditPart::tr("the film with the lungs blacked out")},
        {QStringLiteral("border"), AuditPart::tr("the outermost 3 %")},
    };
    const auto found = titles.find(name);
    return found == titles.end() ? name : found->second;
}

QString percent(double share) { return QString::number(std::lround(100 * share)); }

} // namespace

AuditPart::AuditPart(QString program, QWidget *parent)
    : QWidget(parent)
    , m_program(std::move(program))
    , m_check(new QPushButton(this))
    , m_open(new QPushButton(tr("Open the &report"), this))
    , m_state(wordsLabel(this, "small"))
    , m_bar(new QProgressBar(this))
    , m_grave(wordsLabel(this, "warning"))
    , m_findings(wordsLabel(this, "body"))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (QPushButton *button : {m_check, m_open}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    m_check->setToolTip(tr("How right a classifier gets that never sees a lung"));
    m_open->setToolTip(tr("Tables, duplicates and baselines, in your browser"));
    row->addWidget(m_state, 1);
    layout->addLayout(row);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(4);
    m_bar->setRange(0, 100);
    m_bar->setAccessibleName(tr("How far the check is"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_bar, m_grave, m_findings})
        layout->addWidget(widget);
    connect(m_check, &QPushButton::clicked, this, [this] { isRunning() ? stop() : begin(); });
    connect(m_open, &QPushButton::clicked, this, &AuditPart::openReport);
    clear();
    hide();
}

AuditPart::~AuditPart()
{
    if (m_process)
        m_process->disconnect(this);
}

QString AuditPart::reportFile(const char *name) const
{
    return m_folder ? m_folder->filePath(QLatin1String(name)) : QString();
}

void AuditPart::clear()
{
    delete std::exchange(m_table, nullptr);
    say(m_grave, {});
    say(m_findings, {});
    m_bar->hide();
    m_open->hide();
    m_check->setText(tr("Check what gives the classes a&way"));
    say(m_state, tr("Before you train: what a classifier reaches that never sees a lung."));
}

void AuditPart::setDataset(const QString &path)
{
    setVisible(!path.isEmpty());
    if (path == m_dataset)
        return;
    m_dataset = path;
    if (m_process)
        stop();
    m_folder.reset();
    clear();
}

void AuditPart::begin()
{
    if (m_process || m_dataset.isEmpty())
        return;
    clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_errors.clear();
    m_isStopping = false;
    m_process = new QProcess(this);
    m_process->setProgram(m_program);
    m_process->setArguments(
        {QStringLiteral("audit"), m_dataset, QStringLiteral("--output"), m_folder->path()});
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setChildProcessModifier(yieldToTheWindow);
    connect(m_process, &QProcess::readyReadStandardError, this, &AuditPart::readProgress);
    connect(m_process, &QProcess::finished, this, &AuditPart::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart)
            return;
        const QString why = m_process->errorString();
        std::exchange(m_process, nullptr)->deleteLater();
        failWith(tr("It runs in hilum-cli, which should lie beside the program: %1. %2").arg(m_program, why));
    });
    m_check->setText(tr("&Stop the check"));
    say(m_state, tr("Reading the films\u2026"));
    m_bar->setValue(0);
    m_bar->show();
    m_process->start(QIODevice::ReadOnly);
}

void AuditPart::stop()
{
    m_isStopping = true;
    m_process->kill(); // it has nothing to keep
}

void AuditPart::readProgress()
{
    m_errors = (m_errors + m_process->readAllStandardError()).right(keptErrors);
    static const QRegularExpression form(QStringLiteral("^ *(\\d+) %  (.*)$"),
                                         QRegularExpression::MultilineOption);
    QString last;
    for (auto matches = form.globalMatch(QString::fromUtf8(m_errors)); matches.hasNext();) {
        const auto match = matches.next();
        m_bar->setValue(match.captured(1).toInt());
        last = match.captured(2);
    }
    if (!last.isEmpty())
        say(m_state, last);
}

void AuditPart::failWith(const QString &detail)
{
    clear();
    say(m_grave, tr("The films could not be checked."));
    say(m_findings, detail);
}

void AuditPart::ended(int, QProcess::ExitStatus)
{
    readProgress();
    std::exchange(m_process, nullptr)->deleteLater();
    if (m_isStopping)
        return clear();
    clear();
    if (!showReport())
        failWith(QString::fromUtf8(m_errors).trimmed().section(QLatin1Char('\n'), -2));
}

bool AuditPart::showReport()
{
    QFile file(reportFile("audit.json"));
    const QJsonObject report
        = file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    const QJsonArray comparisons = report.value(QLatin1String("comparisons")).toArray();
    if (comparisons.isEmpty())
        return false;
    QStringList grave;
    QStringList findings;
    for (const QJsonValue &value : report.value(QLatin1String("verdict")).toArray()) {
        const QJsonObject finding = value.toObject();
        const QString gravity = finding.value(QLatin1String("gravity")).toString();
        const bool isGrave = gravity == QLatin1String("grave") || gravity == QLatin1String("warning");
        (isGrave ? grave : findings) << finding.value(QLatin1String("sentence")).toString();
    }
    const QJsonObject all = comparisons.first().toObject();
    if (grave.isEmpty() && findings.isEmpty())
        findings << all.value(QLatin1String("sentence")).toString();
    say(m_grave, grave.value(0)); // the gravest stands first
    say(m_findings, (grave.mid(1) + findings).mid(0, mostFindings).join(QLatin1Char('\n')));

    m_table = new QWidget(this);
    auto *grid = new QGridLayout(m_table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(4);
    const auto put = [&](int row, int column, const QString &text, const char *role) {
        auto *label = new QLabel(text, m_table);
        label->setTextFormat(Qt::PlainText);
        label->setProperty("role", QLatin1String(role));
        grid->addWidget(label, row, column, column == 0 ? Qt::AlignLeft : Qt::AlignRight);
    };
    put(0, 0, tr("A classifier that saw only \u2026"), "small");
    put(0, 1, tr("Balanced accuracy"), "small");
    put(0, 2, tr("95 % interval"), "small");
    const QString toBeat = all.value(QLatin1String("baselineToBeat")).toString();
    int row = 1;
    for (const QJsonValue &value : all.value(QLatin1String("baselines")).toArray()) {
        const QJsonObject baseline = value.toObject();
        const QString name = baseline.value(QLatin1String("name")).toString();
        const QJsonObject accuracy = baseline.value(QLatin1String("balancedAccuracy")).toObject();
        const char *role = name == toBeat ? "strong" : "body";
        put(row, 0, baselineText(name), role);
        put(row, 1, tr("%1 %").arg(percent(accuracy.value(QLatin1String("value")).toDouble())), role);
        put(row, 2,
            tr("%1 to %2 %")
                .arg(percent(accuracy.value(QLatin1String("low")).toDouble()),
                     percent(accuracy.value(QLatin1String("high")).toDouble())),
            role);
        ++row;
    }
    put(row, 0, tr("a guess"), "muted");
    put(row, 1, tr("%1 %").arg(percent(all.value(QLatin1String("chance")).toDouble())), "muted");
    grid->setColumnStretch(3, 1);
    layout()->addWidget(m_table);
    say(m_state, tr("A network must beat the highest of these before it can be said to see disease."));
    m_open->setVisible(QFile::exists(reportFile("audit.html")));
    m_check->setText(tr("Check &again"));
    return true;
}

void AuditPart::openReport() { QDesktopServices::openUrl(QUrl::fromLocalFile(reportFile("audit.html"))); }

} // namespace hilum::ui
