// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/train/SettingsPart.h"

#include "ui/train/Words.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QThread>
#include <QVBoxLayout>

#include <array>
#include <cmath>
#include <limits>

namespace hilum::ui {

namespace {

// A learning rate goes over decades: 0.001, not 0.001000.
class RateSpin : public QDoubleSpinBox {
public:
    explicit RateSpin(QWidget *parent)
        : QDoubleSpinBox(parent)
    {
        setDecimals(7);
        setRange(1e-7, 1);
        setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    }

protected:
    QString textFromValue(double value) const override { return locale().toString(value, 'g', 4); }
    double valueFromText(const QString &text) const override { return locale().toDouble(text); }
    QValidator::State validate(QString &text, int &) const override
    {
        bool ok = false;
        const double value = locale().toDouble(text, &ok);
        if (ok && value >= minimum() && value <= maximum())
            return QValidator::Acceptable;
        return text.size() < 12 ? QValidator::Intermediate : QValidator::Invalid;
    }
};

QGridLayout *gridOf(QWidget *parent)
{
    auto *grid = new QGridLayout(parent);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 2);
    return grid;
}

} // namespace

SettingsPart::SettingsPart(const RunStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_name(new QLineEdit(this))
    , m_nameProblem(wordsLabel(this, "warning"))
    , m_more(new QPushButton(tr("\u25b8 Advanced"), this))
    , m_advanced(new QWidget(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *plain = new QWidget(this);
    QGridLayout *grid = gridOf(plain);
    m_name->setMaxLength(120);
    row(grid, tr("&Name of the network"), m_name, tr("Its folder is called so, too"));
    grid->addWidget(m_nameProblem, grid->rowCount(), 1, 1, 2);
    m_epochs = spinOf(plain, 1, 1000);
    m_round = row(grid, tr("&Rounds of training"), m_epochs, {});
    m_heldOut = new QComboBox(plain);
    for (const auto &[folds, words] :
         {std::pair{2, tr("half of the films")}, std::pair{3, tr("a third of the films")},
          std::pair{4, tr("a quarter of the films")}, std::pair{5, tr("a fifth of the films")},
          std::pair{10, tr("a tenth of the films")}})
        m_heldOut->addItem(words, folds);
    row(grid, tr("&Held out for the test"), m_heldOut,
        tr("Never seen in training; more of them make the test surer and the network weaker"));
    layout->addWidget(plain);

    m_more->setProperty("role", QStringLiteral("link"));
    m_more->setCheckable(true);
    m_more->setAutoDefault(false);
    m_more->setToolTip(tr("Show or hide the settings that most people leave alone"));
    layout->addWidget(m_more, 0, Qt::AlignLeft);
    makeAdvanced(gridOf(m_advanced));
    m_advanced->hide();
    layout->addWidget(m_advanced);
    connect(m_more, &QPushButton::toggled, this, [this](bool open) {
        m_more->setText(open ? tr("\u25be Advanced") : tr("\u25b8 Advanced"));
        m_advanced->setVisible(open);
    });
    connect(m_heldOut, &QComboBox::currentIndexChanged, this, &SettingsPart::take);
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_named = !m_name->text().isEmpty();
        check();
    });
}

QLabel *SettingsPart::row(QGridLayout *grid, const QString &words, QWidget *field, const QString &hint)
{
    auto *label = new QLabel(words, field->parentWidget());
    label->setBuddy(field);
    QString plain = words;
    field->setAccessibleName(plain.remove(QLatin1Char('&')));
    field->setToolTip(hint);
    field->setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
    auto *note = new QLabel(hint, field->parentWidget());
    note->setProperty("role", QStringLiteral("small"));
    note->setWordWrap(true);
    const int at = grid->rowCount();
    grid->addWidget(label, at, 0);
    grid->addWidget(field, at, 1);
    grid->addWidget(note, at, 2);
    return note;
}

QSpinBox *SettingsPart::spinOf(QWidget *parent, int low, int high)
{
    auto *field = new QSpinBox(parent);
    field->setRange(low, high);
    field->setGroupSeparatorShown(true);
    connect(field, &QSpinBox::valueChanged, this, &SettingsPart::take);
    return field;
}

QSpinBox *SettingsPart::spin(const QString &words, const QString &hint, int low, int high, QGridLayout *grid)
{
    QSpinBox *field = spinOf(grid->parentWidget(), low, high);
    row(grid, words, field, hint);
    return field;
}

void SettingsPart::makeAdvanced(QGridLayout *grid)
{
    m_size = spin(tr("Input size, pi&xels"), tr("Larger sees more and takes longer"), 32, 1024, grid);
    m_size->setSingleStep(32);
    m_batch = spin(tr("Films in a &step (batch)"), tr("Smaller needs less memory"), 2, 1024, grid);
    m_filmsPerEpoch = spin(tr("Films in a r&ound"), tr("Fewer make shorter rounds"), 0, 1'000'000, grid);
    m_filmsPerEpoch->setSpecialValueText(tr("all"));
    m_rate = new RateSpin(m_advanced);
    row(grid, tr("&Learning rate, at its peak"), m_rate,
        tr("Too high and the loss leaps, too low and it stays"));
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &SettingsPart::take);
    m_validation = spin(tr("Watch the &training with"),
                        tr("Share of the other films, for validation and "
                           "calibration"),
                        1, 50, grid);
    m_validation->setSuffix(tr(" %"));
    m_start = new QLineEdit(m_advanced);
    m_start->setPlaceholderText(tr("as the recipe says"));
    row(grid, tr("Start from &weights"), m_start, tr("A safetensors file with torchvision\u2019s names"));
    auto *choose = new QPushButton(tr("Choose weights\u2026"), m_advanced);
    choose->setAutoDefault(false);
    grid->addWidget(choose, grid->rowCount(), 1, Qt::AlignLeft);
    m_startProblem = wordsLabel(m_advanced, "warning");
    grid->addWidget(m_startProblem, grid->rowCount(), 1, 1, 2);
    m_threads = spin(tr("T&hreads"), tr("Fewer leave more of the computer to you"), 0,
                     std::max(1, QThread::idealThreadCount()), grid);
    m_threads->setSpecialValueText(tr("every core"));
    m_seed = spin(tr("Se&ed"), tr("The same seed gives the same network on the same computer"), 0,
                  std::numeric_limits<int>::max(), grid);
    m_seed->setGroupSeparatorShown(false);
    connect(m_start, &QLineEdit::textChanged, this, &SettingsPart::take);
    connect(choose, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Choose weights to start from"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("Weights (*.safetensors)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::fileSelected, m_start, &QLineEdit::setText);
        dialog->open();
    });
}

void SettingsPart::setTaken(const QStringList &names)
{
    m_taken = names;
    if (!m_named)
        suggestName(m_wish);
    check();
}

void SettingsPart::suggestName(const QString &wish)
{
    m_wish = wish;
    if (!m_named && !wish.isEmpty())
        m_name->setText(m_store.freeName(wish, m_taken));
    check();
}

void SettingsPart::setRecipe(const RecipeOffer &recipe)
{
    const QLatin1String uniform("uniform");
    m_isDrawn = recipe.json.value(QLatin1String("sampling")).toString() != uniform;
    fill(settingsOf(recipe.json));
}

void SettingsPart::fill(const TrainingSettings &settings)
{
    {
        const QScopedValueRollback filling(m_filling, true);
        m_epochs->setValue(settings.epochs);
        int nearest = 0;
        for (int i = 1; i < m_heldOut->count(); ++i) {
            if (std::abs(m_heldOut->itemData(i).toInt() - settings.folds)
                < std::abs(m_heldOut->itemData(nearest).toInt() - settings.folds))
                nearest = i;
        }
        m_heldOut->setCurrentIndex(nearest);
        m_size->setValue(settings.size);
        m_batch->setValue(settings.batch);
        m_filmsPerEpoch->setValue(settings.filmsPerEpoch);
        m_rate->setValue(settings.learningRate);
        m_validation->setValue(static_cast<int>(std::lround(100 * settings.validation)));
        m_start->setText(settings.startFile);
        m_seed->setValue(static_cast<int>(settings.seed));
    }
    take();
}

void SettingsPart::take()
{
    if (m_filling)
        return;
    m_settings.epochs = m_epochs->value();
    m_settings.folds = m_heldOut->currentData().toInt();
    m_settings.size = m_size->value();
    m_settings.batch = m_batch->value();
    m_settings.filmsPerEpoch = m_filmsPerEpoch->value();
    m_settings.learningRate = m_rate->value();
    m_settings.validation = m_validation->value() / 100.0;
    m_settings.startFile = m_start->text().trimmed();
    m_settings.threads = m_threads->value();
    m_settings.seed = m_seed->value();
    sayWhatARoundIs();
    check();
}

void SettingsPart::sayWhatARoundIs()
{
    QString words = tr("Epochs: how often it sees every film");
    if (m_settings.filmsPerEpoch > 0)
        words = tr("Epochs: in each it sees %1 films, drawn anew (Films in a round, under Advanced)")
                    .arg(locale().toString(m_settings.filmsPerEpoch));
    else if (m_isDrawn)
        words = tr("Epochs: in each it sees as many films as there are, drawn anew; films of rare classes "
                   "come more often");
    m_round->setText(words);
    m_epochs->setToolTip(words);
}

QString SettingsPart::name() const { return m_name->text(); }

void SettingsPart::check()
{
    say(m_nameProblem,
        m_name->text().isEmpty() && !m_named ? QString() : m_store.nameProblem(name(), m_taken));
    const QFileInfo start(m_settings.startFile);
    say(m_startProblem,
        m_settings.startFile.isEmpty() || start.isFile()
            ? QString()
            : tr("There is no file at \u201c%1\u201d.").arg(m_settings.startFile));
    Q_EMIT changed();
}

QString SettingsPart::problem() const
{
    if (const QString name = m_store.nameProblem(m_name->text(), m_taken); !name.isEmpty())
        return name;
    return m_startProblem->text();
}

} // namespace hilum::ui
