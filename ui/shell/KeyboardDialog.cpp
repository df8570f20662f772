// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/KeyboardDialog.h"

#include "ui/shell/Actions.h"
#include "ui/shell/Keymap.h"
#include "ui/shell/MouseFields.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace hilum::ui {

namespace {

QString shown(const QKeySequence &keys) { return keys.toString(QKeySequence::NativeText); }

// QKeySequenceEdit empties itself, says so, and waits a second for more keys; here one press is the answer.
class KeyField : public QKeySequenceEdit {
public:
    KeyField(std::function<void(const QKeySequence &)> pressed, QWidget *parent)
        : QKeySequenceEdit(parent)
        , m_pressed(std::move(pressed))
    {
    }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        constexpr std::array alone{Qt::Key_Shift, Qt::Key_Control, Qt::Key_Alt,     Qt::Key_AltGr,
                                   Qt::Key_Meta,  Qt::Key_unknown, Qt::Key_CapsLock};
        if (std::ranges::find(alone, event->key()) != alone.end())
            return;
        auto held = event->modifiers() & ~Qt::KeypadModifier;
        // Shift that only makes another sign ("+") is part of the sign.
        const QString text = event->text();
        if (!text.isEmpty() && text[0].isPrint() && !text[0].isLetterOrNumber() && !text[0].isSpace())
            held &= ~Qt::ShiftModifier;
        m_pressed(QKeySequence(QKeyCombination(held, static_cast<Qt::Key>(event->key()))));
    }
    void keyReleaseEvent(QKeyEvent *) override { }

private:
    std::function<void(const QKeySequence &)> m_pressed;
};

} // namespace

KeyboardDialog::KeyboardDialog(Keymap &keymap, QWidget *parent)
    : QDialog(parent)
    , m_keymap(keymap)
    , m_wanted(new QLineEdit(this))
    , m_list(new QTreeWidget(this))
    , m_question(makeQuestion())
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Change keys and mouse"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    m_wanted->setPlaceholderText(tr("Find an action or a key"));
    m_wanted->setAccessibleName(tr("Find an action or a key"));
    m_wanted->setClearButtonEnabled(true);
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Action"), tr("Keys"), tr("As delivered")});
    m_list->setAccessibleName(tr("Actions and their keys"));
    m_list->setTabKeyNavigation(false);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    m_list->header()->resizeSection(1, fontMetrics().averageCharWidth() * 26);
    layout->addWidget(m_wanted);
    layout->addWidget(m_list);
    layout->addWidget(m_question);
    layout->addWidget(new MouseFields(keymap, this));
    fill(); // before the buttons: Tab goes through the keys first
    layout->addWidget(makeButtons());
    connect(m_wanted, &QLineEdit::textChanged, this, &KeyboardDialog::filter);
    // Enter goes to the keys of the row.
    const auto edits = [this] {
        if (QKeySequenceEdit *edit = editOf(current()))
            edit->setFocus(Qt::OtherFocusReason);
    };
    connect(m_list, &QTreeWidget::itemActivated, this, edits);
    connect(m_wanted, &QLineEdit::returnPressed, this, edits);
    connect(&keymap, &Keymap::changed, this, &KeyboardDialog::refresh);
    resize(QSize(680, 600).boundedTo(parent->size() - QSize(48, 48)));
    m_wanted->setFocus();
}

QWidget *KeyboardDialog::makeQuestion()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_words = new QLabel(row);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setProperty("role", QStringLiteral("warning"));
    m_take = new QPushButton(tr("&Take it"), row);
    m_leave = new QPushButton(tr("&Leave it"), row);
    m_take->setAutoDefault(false);
    m_leave->setAutoDefault(false);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_take);
    layout->addWidget(m_leave);
    row->hide();
    connect(m_take, &QPushButton::clicked, this, [this] {
        if (m_asked)
            m_keymap.assign(m_asked, m_askedKeys);
        settle();
    });
    connect(m_leave, &QPushButton::clicked, this, [this] {
        settle();
        refresh();
    });
    return row;
}

QWidget *KeyboardDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    const auto add = [&](const QString &text, const QString &hint, auto does) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ResetRole);
        button->setToolTip(hint);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, does);
    };
    add(tr("&No keys"), tr("Take the keys from the selected action"), [this] {
        if (QAction *action = current())
            typed(action, {});
    });
    add(tr("As &delivered"), tr("Give the selected action its own keys again"), [this] {
        if (QAction *action = current())
            typed(action, Actions::defaultKeys(action));
    });
    add(tr("&All as delivered"), tr("Give every action its own keys again"), [this] {
        settle();
        m_keymap.resetAll();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter goes to the keys of a row
    return buttons;
}

void KeyboardDialog::fill()
{
    const Actions &actions = m_keymap.actions();
    for (const QString &group : actions.groups()) {
        auto *item = new QTreeWidgetItem(m_list, {group});
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        item->setFont(0, bold);
        item->setFlags(Qt::ItemIsEnabled);
        item->setFirstColumnSpanned(true);
        for (QAction *action : actions.all()) {
            if (Actions::groupOf(action) == group)
                addRow(item, action);
        }
    }
    m_list->expandAll();
    filter({});
    refresh();
}

void KeyboardDialog::addRow(QTreeWidgetItem *group, QAction *action)
{
    const QString title = Actions::plainText(action);
    auto *item = new QTreeWidgetItem(group, {title, {}, shown(Actions::defaultKeys(action))});
    item->setToolTip(0, action->whatsThis());
    item->setForeground(2, palette().color(QPalette::PlaceholderText));
    item->setIcon(0, action->icon());
    auto *edit = new KeyField([this, action](const QKeySequence &keys) { typed(action, keys); }, m_list);
    edit->setAccessibleName(tr("Keys of %1").arg(title));
    edit->setToolTip(tr("Press the keys that shall do this: %1").arg(action->whatsThis()));
    edit->setClearButtonEnabled(true);
    if (auto *inner = edit->findChild<QLineEdit *>()) {
        inner->setAccessibleName(edit->accessibleName());
        inner->setPlaceholderText(tr("none"));
    }
    m_list->setItemWidget(item, 1, edit);
    m_rows.push_back({action, item, edit});
    // Only the button that empties it changes it by itself.
    connect(edit, &QKeySequenceEdit::keySequenceChanged, this, [this, action](const QKeySequence &keys) {
        if (!m_refreshing)
            typed(action, keys);
    });
}

QKeySequenceEdit *KeyboardDialog::editOf(const QAction *action) const
{
    const auto found = std::ranges::find(m_rows, action, &Row::action);
    return found == m_rows.end() ? nullptr : found->edit;
}

QAction *KeyboardDialog::current() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    const auto found = std::ranges::find_if(m_rows, [&](const Row &row) {
        return row.edit->hasFocus() || row.edit->isAncestorOf(focusWidget()) || row.item == item;
    });
    return found == m_rows.end() ? nullptr : found->action;
}

void KeyboardDialog::typed(QAction *action, const QKeySequence &keys)
{
    settle();
    refresh();
    if (const QString use = Keymap::fixedUse(keys); !use.isEmpty() && keys != Actions::defaultKeys(action))
        return ask(action, keys, tr("%1 %2; no action can have it.").arg(shown(keys), use), false);
    QAction *owner = m_keymap.ownerOf(keys);
    if (owner && owner != action)
        return ask(
            action, keys,
            tr("%1 is used by %2; it would be taken from it.").arg(shown(keys), Actions::plainText(owner)),
            true);
    m_keymap.assign(action, keys);
}

void KeyboardDialog::ask(QAction *action, const QKeySequence &keys, const QString &question, bool canTake)
{
    m_asked = canTake ? action : nullptr;
    m_askedKeys = keys;
    if (canTake) {
        const QScopedValueRollback quiet(m_refreshing, true);
        editOf(action)->setKeySequence(keys);
    }
    m_words->setText(question);
    m_take->setVisible(canTake);
    m_leave->setText(canTake ? tr("&Leave it") : tr("&Good"));
    m_question->show();
}

void KeyboardDialog::settle()
{
    m_asked = nullptr;
    m_question->hide();
}

void KeyboardDialog::refresh()
{
    const QScopedValueRollback quiet(m_refreshing, true);
    for (const Row &row : m_rows) {
        const QKeySequence keys = row.action->shortcut();
        if (row.edit->keySequence() != keys)
            row.edit->setKeySequence(keys);
        const bool own = keys != Actions::defaultKeys(row.action);
        QFont font = this->font();
        font.setWeight(own ? QFont::DemiBold : QFont::Normal);
        row.item->setFont(0, font);
    }
}

void KeyboardDialog::filter(const QString &wanted)
{
    const QStringList words = wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QTreeWidgetItem *first = nullptr;
    for (int g = 0; g < m_list->topLevelItemCount(); ++g) {
        QTreeWidgetItem *group = m_list->topLevelItem(g);
        bool any = false;
        for (const Row &row : m_rows) {
            if (row.item->parent() != group)
                continue;
            const QString text = QStringList{group->text(0), row.item->text(0), row.action->whatsThis(),
                                             shown(row.action->shortcut())}
                                     .join(QLatin1Char(' '));
            const bool fits = std::ranges::all_of(
                words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
            row.item->setHidden(!fits);
            any = any || fits;
            if (fits && !first)
                first = row.item;
        }
        group->setHidden(!any);
    }
    m_list->setCurrentItem(first);
}

} // namespace hilum::ui
