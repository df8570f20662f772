// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NameGuard: keeps what names a patient off the screen while names are hidden.
//
// Hidden are the values of: every attribute of VR PN; group 0010 but for sex, age, size and weight;
// accession number, institution and its address, station and department, telephone numbers, study and
// admission identifiers, order and procedure numbers, comments in free text; and every private attribute.
// What was read there from the films that are open is then hidden wherever a text holds it, file names
// too. A file whose name tells a patient and that was never opened can't be known.
//
// Errors:  none.
// Threads: UI thread, but for the static functions, which are pure.
// Source:  DICOM PS3.15 table E.1-1 (attribute confidentiality), those that a film's tags can show.
#pragma once

#include "core/film/Film.h"

#include <QObject>
#include <QStringList>

namespace hilum::ui {

class NameGuard : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    bool isHiding() const { return m_hiding; }
    void setHiding(bool hides);
    void learn(const QStringList &identifiers);

    bool namesSomeone(const QString &text) const; // hiding or not
    QString shown(const QString &text) const; // without what names a patient, while hiding
    QString shown(const FilmTag &tag) const; // its value

    static bool isIdentifying(const FilmTag &tag);
    // What of the tags could stand in another text: names in their parts, numbers; short ones left out.
    static QStringList identifiersOf(const std::vector<FilmTag> &tags);
    static QStringList namesIn(const QString &personName); // "Doe^Jane" has two

Q_SIGNALS:
    void changed(); // another text may be shown

private:
    bool m_hiding = false;
    QStringList m_identifiers; // longest first
};

} // namespace hilum::ui
