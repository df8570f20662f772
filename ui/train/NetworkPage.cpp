// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/NetworkPage.h"

#include "ui/bridge/Convert.h"
#include "ui/plots/ConfusionView.h"
#include "ui/plots/HistoryPlot.h"
#include "ui/train/Words.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace hilum::ui {

NetworkPage::NetworkPage(const RunStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_title(wordsLabel(this, "title"))
    , m_result(wordsLabel(this, "strong"))
    , m_warning(wordsLabel(this, "warning"))
    , m_about(wordsLabel(this, "muted"))
    , m_newName(new QLineEdit(this))
    , m_rename(new QPushButton(tr("&Rename"), this))
    , m_remove(new QPushButton(tr("Re&move\u2026"), this))
    , m_nameProblem(wordsLabel(this, "warning"))
    , m_question(new QuestionRow(this))
    , m_history(new HistoryPlot(this))
    , m_matrix(new ConfusionView(this))
    , m_noMatrix(
          wordsLabel(this, "muted", tr("It has no held-out films: nothing is known about how good it is.")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    for (QLabel *label : {m_title, m_result, m_warning, m_about})
        layout->addWidget(label);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_newName->setAccessibleName(tr("Name of the network"));
    m_newName->setMaximumWidth(280);
    m_rename->setToolTip(tr("Give the network the name in the field"));
    m_remove->setToolTip(tr("Delete this network from your model folder"));
    for (QPushButton *button : {m_rename, m_remove})
        button->setAutoDefault(false);
    row->addWidget(m_newName, 1);
    row->addWidget(m_rename);
    row->addWidget(m_remove);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addWidget(m_nameProblem);
    layout->addWidget(m_question);
    auto *plots = new QHBoxLayout;
    plots->setSpacing(16);
    plots->addWidget(m_history, 3);
    plots->addWidget(m_matrix, 2);
    plots->addWidget(m_noMatrix, 2);
    layout->addLayout(plots, 1);
    m_matrix->setAccessibleName(tr("Confusion matrix of the held-out films"));
    connect(m_newName, &QLineEdit::textChanged, this, &NetworkPage::checkName);
    connect(m_newName, &QLineEdit::returnPressed, this, &NetworkPage::rename);
    connect(m_rename, &QPushButton::clicked, this, &NetworkPage::rename);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        m_question->ask(
            tr("Delete the network %1 with its weights, curves and results? This can't be undone.")
                .arg(m_name),
            tr("&Delete it"), tr("&Keep it"), [this] { Q_EMIT removeRequested(m_name); });
    });
    for (PlotSurface *plot : std::initializer_list<PlotSurface *>{m_history, m_matrix})
        connect(plot, &PlotSurface::saveFailed, this, &NetworkPage::saveFailed);
}

void NetworkPage::setNetwork(const NetworkEntry &entry)
{
    const ModelCard &card = entry.package.card;
    const QString title = toText(card.title);
    m_name = QFileInfo(toText(entry.package.folder)).fileName();
    m_question->settle();
    say(m_title, title);
    say(m_result, entry.heldOut ? heldOutSentence(entry.heldOut->correct, entry.heldOut->films) : QString());
    say(m_warning, entry.heldOut ? fewFilmsWarning(entry.heldOut->films) : QString());
    QStringList about;
    if (!card.trainingData.empty())
        about << tr("Trained on %1.").arg(toText(card.trainingData));
    if (!card.version.empty())
        about << tr("Version %1.").arg(toText(card.version));
    say(m_about, about.join(QLatin1Char(' ')));
    m_newName->setText(m_name);
    const QString provenance = QStringLiteral("%1 %2").arg(toText(card.id), toText(card.version));
    m_history->setHistories({{title, entry.history}});
    m_history->setProvenance(provenance);
    m_matrix->setVisible(entry.heldOut.has_value());
    m_noMatrix->setVisible(!entry.heldOut);
    if (entry.heldOut)
        m_matrix->setMatrix(tr("%1, held-out films").arg(title), card.classes, entry.heldOut->matrix);
    m_matrix->setProvenance(provenance);
    checkName();
}

void NetworkPage::setTaken(const QStringList &names) { m_taken = names; }

void NetworkPage::setProblem(const QString &problem) { say(m_nameProblem, problem); }

void NetworkPage::setTheme(const PlotTheme &theme)
{
    m_history->setTheme(theme);
    m_matrix->setTheme(theme);
}

void NetworkPage::checkName()
{
    const bool same = m_newName->text() == m_name;
    const QString problem = same ? QString() : m_store.nameProblem(m_newName->text(), m_taken);
    say(m_nameProblem, problem);
    m_rename->setEnabled(!same && problem.isEmpty());
}

void NetworkPage::rename()
{
    if (m_rename->isEnabled())
        Q_EMIT renameRequested(m_name, m_newName->text());
}

} // namespace hilum::ui
