// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SheetWindow: two or three networks on the film that the main window shows, side by side on one page.
//
// It follows the main window's film, window and class; the class can be chosen here, too.
//
// Errors:  a page that can't be saved is said in saveFailed.
// Threads: UI thread only.
#pragma once

#include "ui/plots/PlotTheme.h"
#include "ui/sheet/SheetSession.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QHBoxLayout;
class QLayout;
class QMenu;
class QToolButton;

namespace hilum::ui {

class EpochService;
class FilmSession;
class SheetView;
struct Sheet;

class SheetWindow : public QWidget {
    Q_OBJECT

public:
    SheetWindow(Lanes &lanes, std::shared_ptr<NetworkService> service, FilmSession &films,
                ReadingSession &readings, QWidget *parent = nullptr);

    void setTheme(const PlotTheme &theme);
    SheetSession &session() { return m_session; }

Q_SIGNALS:
    void saveFailed(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QLayout *networkRow();
    QLayout *questionRow();
    void rebuild(); // networks and classes
    void follow();
    void lookForEpochs();
    void showEpochs(const std::vector<ModelPackage> &epochs);
    void offer(const ModelPackage &epoch, bool on);
    Sheet sheet() const;
    QString agreement() const;
    QString noMapText(int network) const;
    void savePage();

    Lanes &m_lanes;
    std::shared_ptr<EpochService> m_epochService; // none: networks without epochs
    FilmSession &m_films;
    ReadingSession &m_readings;
    SheetSession m_session;
    QHBoxLayout *m_networkRow;
    std::vector<QToolButton *> m_networks;
    QToolButton *m_epochs;
    QMenu *m_epochMenu;
    QComboBox *m_class;
    QComboBox *m_method;
    SheetView *m_view;
};

} // namespace hilum::ui
