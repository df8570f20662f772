// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ExportDialog: what a picture of the film holds and in which format, with a preview; it never blocks the
// window.
//
// Errors:  shown in place by fail(); the dialog stays open.
#pragma once

#include "ui/shell/Picture.h"

#include <QDialog>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace hilum::ui {

class ExportDialog : public QDialog {
    Q_OBJECT

public:
    // What there is to choose from; what isn't there is not offered.
    struct Offer {
        bool marks = false;
        bool map = false;
        bool fileOverlays = false;
        bool sixteenBits = false;
    };

    ExportDialog(const PictureOptions &options, const Offer &offer, QWidget *parent);

    PictureOptions options() const;
    void setPreview(const QImage &preview, QSize size, const QString &stamp);
    void setBusy(bool busy);
    void fail(const QString &words);

Q_SIGNALS:
    void optionsChanged();
    void saveRequested();
    void copyRequested();

private:
    QCheckBox *box(const QString &text, bool checked, bool offered);
    void change();

    Offer m_offer;
    QButtonGroup *m_what;
    QComboBox *m_format;
    QCheckBox *m_marks;
    QCheckBox *m_map;
    QCheckBox *m_fileOverlays;
    QCheckBox *m_corners;
    QCheckBox *m_sixteen;
    QLabel *m_preview;
    QLabel *m_size;
    QLabel *m_stamp;
    QLabel *m_fault;
    QPushButton *m_save;
    QPushButton *m_copy;
};

} // namespace hilum::ui
