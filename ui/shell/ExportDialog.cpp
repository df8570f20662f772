// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/ExportDialog.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace hilum::ui {

namespace {

constexpr int previewSide = 320; // logical pixels
enum What { TheView, TheFilm };

} // namespace

ExportDialog::ExportDialog(const PictureOptions &options, const Offer &offer, QWidget *parent)
    : QDialog(parent)
    , m_offer(offer)
    , m_what(new QButtonGroup(this))
    , m_format(new QComboBox(this))
    , m_preview(new QLabel(this))
    , m_size(new QLabel(this))
    , m_stamp(new QLabel(this))
    , m_fault(new QLabel(this))
    , m_save(new QPushButton(tr("&Save\u2026"), this))
    , m_copy(new QPushButton(tr("&Copy"), this))
{
    setWindowTitle(tr("Save a picture"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *choices = new QVBoxLayout;
    choices->setSpacing(8);
    const auto title = [&](const QString &text) {
        auto *label = new QLabel(text, this);
        label->setProperty("role", QStringLiteral("strong"));
        choices->addWidget(label);
    };
    title(tr("What"));
    auto *view = new QRadioButton(tr("The &view, as it is on the screen"), this);
    auto *film = new QRadioButton(tr("The whole &film, at full resolution"), this);
    m_what->addButton(view, TheView);
    m_what->addButton(film, TheFilm);
    (options.wholeFilm ? film : view)->setChecked(true);
    choices->addWidget(view);
    choices->addWidget(film);
    choices->addSpacing(8);
    title(tr("With"));
    m_marks = box(tr("&Marks"), options.marks, offer.marks);
    m_map = box(tr("The network\u2019s m&ap"), options.map, offer.map);
    m_fileOverlays = box(tr("The file\u2019s own &overlays"), options.fileOverlays, offer.fileOverlays);
    m_corners = box(tr("Corner &texts"), options.cornerTexts, true);
    for (QCheckBox *one : {m_marks, m_map, m_fileOverlays, m_corners})
        choices->addWidget(one);
    choices->addSpacing(8);
    title(tr("As"));
    for (const PictureFormat format : {PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::Tiff})
        m_format->addItem(format == PictureFormat::Jpeg ? tr("JPEG, quality 95 (lossy)")
                                                        : formatName(format));
    m_format->setCurrentIndex(static_cast<int>(options.format));
    m_format->setAccessibleName(tr("Format"));
    choices->addWidget(m_format);
    m_sixteen = box(tr("1&6 bits a sample"), options.sixteenBits, offer.sixteenBits);
    m_sixteen->setToolTip(
        tr("The film through its window in 65,536 greys: PNG or TIFF, whole film, nothing coloured over it"));
    choices->addWidget(m_sixteen);
    choices->addStretch(1);

    m_preview->setFixedSize(previewSide, previewSide);
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setAutoFillBackground(true);
    m_preview->setStyleSheet(QStringLiteral("background: black"));
    m_preview->setAccessibleName(tr("Preview"));
    m_size->setProperty("role", QStringLiteral("muted"));
    auto *middle = new QHBoxLayout;
    middle->setSpacing(16);
    auto *left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_preview);
    left->addWidget(m_size);
    left->addStretch(1);
    middle->addLayout(left);
    middle->addLayout(choices, 1);

    m_stamp->setWordWrap(true);
    m_stamp->setProperty("role", QStringLiteral("small"));
    m_fault->setWordWrap(true);
    m_fault->setTextFormat(Qt::PlainText);
    m_fault->setProperty("role", QStringLiteral("warning"));
    m_fault->hide();
    auto *close = new QPushButton(tr("Close"), this);
    m_save->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    buttons->addWidget(m_save);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(12);
    all->addLayout(middle);
    all->addWidget(m_stamp);
    all->addWidget(m_fault);
    all->addLayout(buttons);

    connect(m_what, &QButtonGroup::idToggled, this, &ExportDialog::change);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::change);
    for (QCheckBox *one : {m_marks, m_map, m_fileOverlays, m_corners, m_sixteen})
        connect(one, &QCheckBox::toggled, this, &ExportDialog::change);
    connect(m_save, &QPushButton::clicked, this, &ExportDialog::saveRequested);
    connect(m_copy, &QPushButton::clicked, this, &ExportDialog::copyRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    change();
}

QCheckBox *ExportDialog::box(const QString &text, bool checked, bool offered)
{
    auto *made = new QCheckBox(text, this);
    made->setChecked(checked && offered);
    made->setEnabled(offered);
    return made;
}

PictureOptions ExportDialog::options() const
{
    PictureOptions chosen;
    chosen.wholeFilm = m_what->checkedId() == TheFilm;
    chosen.format = static_cast<PictureFormat>(m_format->currentIndex());
    chosen.marks = m_marks->isChecked();
    chosen.map = m_map->isChecked();
    chosen.fileOverlays = m_fileOverlays->isChecked();
    chosen.cornerTexts = m_corners->isChecked();
    chosen.sixteenBits = m_sixteen->isEnabled() && m_sixteen->isChecked();
    return chosen;
}

void ExportDialog::change()
{
    const bool plain = !m_marks->isChecked() && !m_map->isChecked() && !m_fileOverlays->isChecked();
    m_sixteen->setEnabled(m_offer.sixteenBits && m_what->checkedId() == TheFilm && plain
                          && m_format->currentIndex() != static_cast<int>(PictureFormat::Jpeg));
    m_fault->hide();
    Q_EMIT optionsChanged();
}

void ExportDialog::setPreview(const QImage &preview, QSize size, const QString &stamp)
{
    QPixmap pixmap = QPixmap::fromImage(preview);
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    m_preview->setPixmap(pixmap);
    m_size->setText(tr("%1 \u00d7 %2 pixels").arg(size.width()).arg(size.height()));
    m_stamp->setText(tr("Always below the picture: \u201c%1\u201d").arg(stamp));
}

void ExportDialog::setBusy(bool busy)
{
    m_save->setEnabled(!busy);
    m_copy->setEnabled(!busy);
    m_save->setText(busy ? tr("Saving\u2026") : tr("&Save\u2026"));
}

void ExportDialog::fail(const QString &words)
{
    m_fault->setText(words);
    m_fault->show();
}

} // namespace hilum::ui
