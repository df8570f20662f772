// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// OpenNetworkDialog: brings a network of others among Hilum's own, behind a warning: trust, files and card,
// a try on the film at hand, and in.
//
// Errors:  words beside the field that is wrong.
// Threads: UI thread; checks run on the decode lane and stop when the dialog closes.
#pragma once

#include "ui/guest/NetworkForm.h"

#include <QDialog>

#include <functional>
#include <stop_token>

class QCheckBox;
class QLabel;
class QPushButton;
class QScrollArea;

namespace hilum::ui {

class Lanes;

class OpenNetworkDialog : public QDialog {
    Q_OBJECT

public:
    struct Parts {
        Lanes &lanes;
        std::function<FilmPtr()> film; // nothing while none is open
        std::filesystem::path root; // where packages are kept
        GuestOptions guest = {};
    };

    explicit OpenNetworkDialog(Parts parts, QWidget *parent = nullptr);
    ~OpenNetworkDialog() override;

    NetworkForm &form() { return *m_form; }
    void choose(QStringList files); // a network, and perhaps its head
    bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void imported(const QString &title); // it is among the packages now

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *page();
    Result<ModelCard> card() const;
    void tryIt();
    void add();
    void setBusy(const QString &words);
    void settle(const GuestFault &fault);
    void formChanged();
    void updateButtons();

    Parts m_parts;
    NetworkForm *m_form;
    QCheckBox *m_trust;
    QLabel *m_result;
    QPushButton *m_try;
    QPushButton *m_add;
    QScrollArea *m_area;
    std::stop_source m_stop{std::nostopstate};
    bool m_isBusy = false;
    bool m_isTried = false; // and well, as the form stands
};

} // namespace hilum::ui
