// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/guest/OpenNetworkDialog.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/Lanes.h"
#include "ui/bridge/Task.h"
#include "ui/plots/ClassNames.h"

#include <QCheckBox>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hilum::ui {

namespace {

QLabel *wrapped(const QString &text, const char *role)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", QLatin1String(role));
    return label;
}

QString share(double probability)
{
    if (probability >= 0.995)
        return QStringLiteral("> 0.99");
    return probability < 0.005 ? QStringLiteral("< 0.01") : QString::number(probability, 'f', 2);
}

QString reportText(const GuestReport &report, const ModelCard &card, bool isOfFilm)
{
    if (!report.native.empty())
        return OpenNetworkDialog::tr(
                   "Weights alone, for %1: Hilum runs the network itself, and every map and "
                   "view works with it. Classes and channels fit the card.")
            .arg(toText(report.native));
    QStringList shares;
    for (std::size_t c = 0; c < card.classes.size(); ++c)
        shares << QStringLiteral("%1 %2").arg(classTitle(card.classes[c]), share(report.probabilities[c]));
    QString text = isOfFilm ? OpenNetworkDialog::tr("It fits its card. On the film at hand: %1.")
                            : OpenNetworkDialog::tr("It fits its card. On a simulated film: %1.");
    text = text.arg(shares.join(QStringLiteral(", ")));
    text += QLatin1Char(' ')
        + OpenNetworkDialog::tr(
              "Between four unlike simulated films its probabilities differ by up to %1; one "
              "film takes %2 ms.")
              .arg(QString::number(report.spread, 'f', 3))
              .arg(std::max(1L, std::lround(report.milliseconds)));
    if (!report.activation.empty())
        text += QLatin1Char(' ')
            + OpenNetworkDialog::tr("Its features give %1: the CAMs can be asked of it.")
                  .arg(toText(report.activation).replace(QStringLiteral(" x "), QStringLiteral(" \u00d7 ")));
    return text;
}

// Another network may have the name already.
std::string freeId(const QString &title, const std::filesystem::path &root)
{
    std::string id = idFrom(title.toStdString());
    if (id.empty())
        id = "network";
    const auto known = listPackages(modelRoots()).packages;
    const auto isTaken = [&](const std::string &name) {
        return std::filesystem::exists(root / name)
            || std::ranges::any_of(known, [&](const ModelPackage &p) { return p.card.id == name; });
    };
    std::string chosen = id;
    for (int number = 2; isTaken(chosen); ++number)
        chosen = id + "-" + std::to_string(number);
    return chosen;
}

} // namespace

OpenNetworkDialog::OpenNetworkDialog(Parts parts, QWidget *parent)
    : QDialog(parent)
    , m_parts(std::move(parts))
    , m_form(new NetworkForm)
    , m_trust(new QCheckBox(tr("I &know where this file comes from, and trust it")))
    , m_result(wrapped({}, "body"))
    , m_try(new QPushButton(tr("&Try it")))
    , m_add(new QPushButton(tr("A&dd it to the networks")))
    , m_area(new QScrollArea)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Open a network"));
    setAcceptDrops(true);
    m_area->setWidget(page());
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *close = new QPushButton(tr("Close"));
    for (QPushButton *button : {close, m_try, m_add})
        button->setAutoDefault(false);
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_try);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(m_add);
    auto *bottom = new QVBoxLayout;
    bottom->setContentsMargins(16, 8, 16, 12);
    bottom->setSpacing(8);
    bottom->addWidget(m_result);
    bottom->addLayout(row);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_area, 1);
    layout->addLayout(bottom);
    const QSize room = screen()->availableSize() - QSize(64, 96);
    resize(QSize(720, 760).boundedTo(room));

    connect(m_trust, &QCheckBox::toggled, this, &OpenNetworkDialog::updateButtons);
    connect(m_form, &NetworkForm::changed, this, &OpenNetworkDialog::formChanged);
    connect(m_try, &QPushButton::clicked, this, &OpenNetworkDialog::tryIt);
    connect(m_add, &QPushButton::clicked, this, &OpenNetworkDialog::add);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    updateButtons();
}

OpenNetworkDialog::~OpenNetworkDialog() { m_stop.request_stop(); }

QWidget *OpenNetworkDialog::page()
{
    auto *made = new QWidget;
    auto *layout = new QVBoxLayout(made);
    layout->setContentsMargins(16, 12, 16, 8);
    layout->setSpacing(12);
    layout->addWidget(wrapped(tr("Open a network of others"), "title"));
    layout->addWidget(
        wrapped(tr("A network file is a program. Open only files from people whom you trust."), "warning"));
    layout->addWidget(wrapped(tr("It runs in a process of its own, without files and without a connection; "
                                 "when it fails, Hilum goes "
                                 "on. What it says was never checked by Hilum: neither how good it is, nor "
                                 "on whom it was trained."),
                              "body"));
    layout->addWidget(m_trust);
    layout->addWidget(m_form);
    layout->addWidget(wrapped(tr("For education, not for diagnosis"), "small"));
    layout->addStretch(1);
    return made;
}

Result<ModelCard> OpenNetworkDialog::card() const
{
    const GuestFiles files = m_form->files();
    if (files.model.empty())
        return fail(ErrorCode::UsageWrong, tr("Choose the network's file.").toStdString());
    return completedCard(m_form->cardJson(), tr("The card").toStdString(), files,
                         freeId(m_form->title(), m_parts.root));
}

void OpenNetworkDialog::tryIt()
{
    const auto made = card();
    if (!made)
        return settle({NetworkForm::fieldOf(made.error()), made.error()});
    setBusy(tr("Trying it on simulated films\u2026"));
    m_stop = runTask(
        m_parts.lanes.decode(), this,
        [files = m_form->files(), card = *made, film = m_parts.film(),
         options = m_parts.guest](std::stop_token stop) mutable {
            options.stop = std::move(stop);
            return checkGuest(files, card, film.get(), options);
        },
        [this, card = *made,
         isOfFilm = m_parts.film() != nullptr](tl::expected<GuestReport, GuestFault> report) {
            if (!report)
                return settle(report.error());
            m_isBusy = false;
            m_isTried = true;
            m_form->clearFaults();
            m_result->setText(reportText(*report, card, isOfFilm));
            m_result->show();
            updateButtons();
        });
}

void OpenNetworkDialog::add()
{
    const auto made = card();
    if (!made)
        return settle({NetworkForm::fieldOf(made.error()), made.error()});
    setBusy(tr("Adding it\u2026"));
    m_stop = runTask(
        m_parts.lanes.decode(), this,
        [files = m_form->files(), card = *made, root = m_parts.root,
         options = m_parts.guest](std::stop_token stop) mutable {
            options.stop = std::move(stop);
            return importNetwork(files, card, root, options);
        },
        [this](tl::expected<ModelPackage, GuestFault> package) {
            if (!package)
                return settle(package.error());
            Q_EMIT imported(toText(package->card.title));
            accept();
        });
}

void OpenNetworkDialog::setBusy(const QString &words)
{
    m_isBusy = true;
    m_form->clearFaults();
    m_result->setText(words);
    m_result->show();
    updateButtons();
}

void OpenNetworkDialog::settle(const GuestFault &fault)
{
    m_isBusy = false;
    m_isTried = false;
    m_result->setText(tr("It does not fit yet: see above."));
    m_result->show();
    m_form->showFault(fault);
    m_area->widget()->layout()->activate();
    for (QLabel *label : m_form->findChildren<QLabel *>()) {
        if (label->isVisible() && label->text() == toText(fault.error.detail))
            m_area->ensureWidgetVisible(label);
    }
    updateButtons();
}

void OpenNetworkDialog::formChanged()
{
    m_stop.request_stop(); // what is tried is no longer what stands there
    m_isBusy = false;
    m_isTried = false;
    m_form->clearFaults();
    m_result->hide();
    updateButtons();
}

void OpenNetworkDialog::updateButtons()
{
    const bool mayRun = m_trust->isChecked() && !m_isBusy && !m_form->files().model.empty();
    m_try->setEnabled(mayRun);
    m_add->setEnabled(mayRun && m_isTried);
    (m_isTried ? m_add : m_try)->setDefault(true);
    m_try->setToolTip(m_trust->isChecked()
                          ? tr("Checks the network against its card, on the film at hand too")
                          : tr("First say above that you trust the file"));
    m_add->setToolTip(m_isTried ? tr("It then reads films beside the other networks") : tr("First try it"));
}

void OpenNetworkDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void OpenNetworkDialog::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    choose(paths);
}

void OpenNetworkDialog::choose(QStringList paths)
{
    // A head is called so, else the second is it.
    std::ranges::stable_partition(paths, [](const QString &path) {
        return !path.contains(QLatin1String("head"), Qt::CaseInsensitive);
    });
    m_form->setFiles(paths.front(), paths.size() > 1 ? paths[1] : QString());
}

} // namespace hilum::ui
