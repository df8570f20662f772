// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NetworkForm: the card of a network of others as a form: files, classes, what it is fed, what it answers.
//
// Errors:  showFault() puts the words beside the field that is wrong.
#pragma once

#include "core/guest/Import.h"

#include <QMap>
#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace hilum::ui {

class NetworkForm : public QWidget {
    Q_OBJECT

public:
    explicit NetworkForm(QWidget *parent = nullptr);

    GuestFiles files() const;
    void setFiles(const QString &model, const QString &head);
    QString title() const;
    std::string cardJson() const; // as completedCard takes it
    // A card's own error names the key; this says which field that is.
    static CardField fieldOf(const Error &error);
    void showFault(const GuestFault &fault);
    void clearFaults();
    void setClasses(const QStringList &classes);

Q_SIGNALS:
    void changed();

private:
    void addFile(QFormLayout &form, const QString &label, QLineEdit *&field, CardField which,
                 const QString &spoken);
    void addRow(QFormLayout &form, const QString &label, QWidget *field, CardField which);
    QLabel *faultLabel(CardField which);
    void chooseFile(QLineEdit *field);
    void valuesChosen();

    QLineEdit *m_model = nullptr;
    QLineEdit *m_head = nullptr;
    QLineEdit *m_title;
    QPlainTextEdit *m_classes;
    QSpinBox *m_size;
    QComboBox *m_crop;
    QComboBox *m_channels;
    QComboBox *m_values;
    QLineEdit *m_mean;
    QLineEdit *m_deviation;
    QComboBox *m_outputs;
    QLineEdit *m_origin;
    QLineEdit *m_licence;
    QMap<int, QLabel *> m_faults; // by CardField
};

} // namespace hilum::ui
