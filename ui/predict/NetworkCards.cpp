// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/predict/NetworkCards.h"

#include "ui/bridge/Convert.h"
#include "ui/predict/ReadingText.h"

#include <QLabel>
#include <QVBoxLayout>

#include <functional>

namespace hilum::ui {

namespace {

// What is known of a network of others, and what is not.
void addImported(const ModelCard &card, const std::function<void(const QString &, const char *)> &add)
{
    add(NetworkCards::tr("Imported, not checked by Hilum: nothing is known of how good it is."), "warning");
    add(card.imported->origin.empty() ? NetworkCards::tr("Where it comes from is not stated.")
                                      : NetworkCards::tr("From: %1").arg(toText(card.imported->origin)),
        "small");
    if (!card.weightsLicence.empty())
        add(NetworkCards::tr("Licence: %1").arg(toText(card.weightsLicence)), "small");
    add(card.imported->isSplit()
            ? NetworkCards::tr("In two pieces, features and head: all maps can be asked of it.")
            : NetworkCards::tr(
                "In one piece: maps by occlusion, RISE and integrated gradients; the CAMs need "
                "features and head as two files."),
        "small");
}

} // namespace

NetworkCards::NetworkCards(ReadingSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    connect(&session, &ReadingSession::networksChanged, this, &NetworkCards::rebuild);
    rebuild();
}

void NetworkCards::rebuild()
{
    delete m_content;
    m_content = new QWidget(this);
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    const auto add = [&](const QString &text, const char *role) {
        auto *label = new QLabel(text, m_content);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setProperty("role", QLatin1String(role));
        layout->addWidget(label);
    };
    if (m_session.networks().empty())
        add(tr("No network is installed."), "muted");
    for (const NetworkEntry &network : m_session.networks()) {
        const ModelCard &card = network.package.card;
        add(card.version.empty() ? toText(card.title)
                                 : tr("%1, version %2").arg(toText(card.title), toText(card.version)),
            "strong");
        if (card.imported) {
            addImported(card, add);
            layout->addSpacing(4);
            continue;
        }
        add(network.heldOut ? heldOutText(*network.heldOut)
                            : tr("No held-out result comes with this network."),
            "body");
        add(card.trainingData.empty() ? tr("Training data not stated.")
                                      : tr("Trained on: %1").arg(toText(card.trainingData)),
            "small");
        if (!card.limits.empty())
            add(tr("Limits: %1").arg(toText(card.limits)), "small");
        layout->addSpacing(4);
    }
    this->layout()->addWidget(m_content);
}

} // namespace hilum::ui
