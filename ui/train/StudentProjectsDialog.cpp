// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/StudentProjectsDialog.h"

#include "ui/bridge/Convert.h"
#include "ui/bridge/ErrorText.h"
#include "ui/train/RecipeHistory.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

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

} // namespace

StudentProjectsDialog::StudentProjectsDialog(QWidget *parent)
    : QDialog(parent)
    , m_history(new RecipeHistory)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Student projects of 2020"));
    // A page to read, but on the screen with its buttons whatever the scale.
    const QSize room = screen()->availableSize() - QSize(64, 96);
    resize(QSize(760, 640).boundedTo(room));
    auto *page = new QWidget;
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(16, 12, 16, 16);
    pageLayout->setSpacing(12);
    pageLayout->addWidget(wrapped(tr("Student projects of 2020"), "title"));
    pageLayout->addWidget(wrapped(
        tr("Hilum grew from these. Each network can be trained here by its recipe. A line runs from 0 to "
           "100 %: the mark is what was published, the band is where the truth may lie with so few test "
           "films (95 % Wilson interval), if nothing else had been wrong."),
        "body"));
    pageLayout->addWidget(m_history);
    if (const QString unread = fill(); !unread.isEmpty())
        pageLayout->addWidget(wrapped(unread, "warning"));
    pageLayout->addWidget(wrapped(tr("For education, not for diagnosis"), "small"));
    pageLayout->addStretch();

    auto *area = new QScrollArea;
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *copy = buttons->addButton(tr("&Copy figures"), QDialogButtonBox::ActionRole);
    copy->setToolTip(tr("The published figures with their intervals, as a table"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(csvOf(m_history->projects())); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 12);
    layout->addWidget(area);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(buttons);
    layout->addLayout(row);
    area->setFocus();
}

QString StudentProjectsDialog::fill()
{
    std::vector<StudentProject> projects;
    QStringList unread;
    for (const auto &file : listRecipes()) {
        const auto recipe = readRecipe(file);
        if (!recipe) {
            const ErrorWords words = errorWords(recipe.error(), toText(file.filename()));
            unread << words.what + QLatin1Char(' ') + words.detail;
            continue;
        }
        const auto own = projectsOf(*recipe);
        projects.insert(projects.end(), own.begin(), own.end());
    }
    std::ranges::stable_partition(projects, [](const StudentProject &p) { return p.project != p.title; });
    m_history->setProjects(std::move(projects));
    return unread.join(QLatin1Char('\n'));
}

} // namespace hilum::ui
