// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/lab/ChangeWords.h"

#include "core/lab/Experiment.h"
#include "core/lab/Strength.h"
#include "ui/bridge/Convert.h"

#include <QCoreApplication>

#include <map>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ChangeWords", text); }

struct Words {
    QString title;
    QString strength; // empty: it has none
    QString hint;
};

std::map<std::string, Words> coverWords()
{
    return {
        {"rectangle",
         {tr("Cover a rectangle"), tr("Opacity"),
          tr("Drag on the film to draw it; drag inside it to move it. A reading that stays the same without "
             "the "
             "lungs comes from somewhere else.")}},
        {"brush",
         {tr("Cover with a brush"), tr("Opacity"),
          tr("Drag on the film; each stroke is a change of its own. Try to find the smallest spot that turns "
             "a "
             "reading.")}},
        {"lungs",
         {tr("Cover the lungs"), tr("Opacity"),
          tr("Needs a mask of this film's lungs, white on black. Published networks stayed "
             "\u201caccurate\u201d "
             "without lungs (Maguolo and Nanni 2021).")}},
        {"border",
         {tr("Cover the border"), tr("Depth, share of the side"),
          tr("Letters, dates and the film's own edges stand there, and no disease.")}},
        {"corners",
         {tr("Cover the corners"), tr("Size, share of the side"),
          tr("Markers and burnt-in letters mostly stand in corners.")}},
    };
}

std::map<std::string, Words> greyWords()
{
    return {
        {"text",
         {tr("Paste letters"), tr("Height, share of the side"),
          tr("Click or drag on the film to place them. Hospitals use letters of their own, and a network can "
             "learn "
             "the hospital (DeGrave and others 2021).")}},
        {"window",
         {tr("Window"), tr("Width, share of the film's greys"),
          tr("What lies outside becomes black or white. Networks are fed without any window: on the light "
             "box a "
             "window changes nothing for them, here it does.")}},
        {"gamma",
         {tr("Gamma"), tr("Gamma"),
          tr("Darker or lighter middle greys, as scanners and publishers differ.")}},
        {"brightness",
         {tr("Even brightness"), tr("Strength"),
          tr("Bends the greys until the film's mean is one half, as every film's then is. Where the films of "
             "one class are lighter than another's, a network needs no lung to tell them apart.")}},
        {"invert",
         {tr("Invert"),
          {},
          tr("Bone black instead of white. A person reads it as well; the network was never shown "
             "one.")}},
        {"noise", {tr("Noise"), tr("Standard deviation"), tr("Grain, as of a film exposed too short.")}},
        {"blur", {tr("Blur"), tr("Radius, share of the side"), tr("What is left when fine detail is gone?")}},
        {"jpeg",
         {tr("JPEG quality"), tr("JPEG quality"),
          tr("Films from publications were stored as JPEG, those of hospitals were not: a trace that a "
             "network can "
             "follow.")}},
        {"resolution",
         {tr("Store smaller"), tr("Pixels on the shorter side"),
          tr("As if the film had been stored with fewer pixels, then enlarged.")}},
    };
}

std::map<std::string, Words> placeWords()
{
    return {
        {"rotate",
         {tr("Rotate"), tr("Degrees, clockwise"),
          tr("What comes in at the edges is the film mirrored, as in training.")}},
        {"flip",
         {tr("Flip"),
          {},
          tr("The heart changes its side. A reading of the lungs should not mind; a reading of "
             "letters does.")}},
        {"stretch",
         {tr("Stretch"), tr("Width over height"),
          tr("Why we never stretch: in the public data sets films of one class are square and those of "
             "another are "
             "not. Pressed into a square, each class gets a stretch of its own, and a network needs no lung "
             "to tell "
             "them apart. Hilum cuts the centred square out instead.")}},
        {"squeeze",
         {tr("Squeeze to a square"),
          {},
          tr("The whole film pressed into a square, as many published networks are fed. Why we never do it: "
             "films of "
             "different classes came in different shapes, so the squeeze alone gives the class away. A "
             "square film "
             "stays as it is.")}},
    };
}

const Words &wordsOf(const FilmChange &change)
{
    static const std::map<std::string, Words> words = [] {
        auto all = coverWords();
        all.merge(greyWords());
        all.merge(placeWords());
        return all;
    }();
    return words.at(changeName(change));
}

} // namespace

QString changeTitle(const FilmChange &change)
{
    if (const auto *lungs = std::get_if<CoverLungs>(&change); lungs && lungs->part == LungPart::AllButLungs)
        return tr("Cover all but the lungs");
    return wordsOf(change).title;
}

QString strengthTitle(const FilmChange &change) { return wordsOf(change).strength; }

QString strengthText(const FilmChange &change)
{
    const double value = strengthOf(change);
    if (std::holds_alternative<Rotate>(change))
        return QStringLiteral("%1\u00b0").arg(value, 0, 'f', 1);
    if (std::holds_alternative<StoreSmaller>(change))
        return tr("%1 px").arg(value, 0, 'f', 0);
    if (std::holds_alternative<StoreAsJpeg>(change))
        return QString::number(value, 'f', 0);
    const bool isSmall = std::holds_alternative<Blur>(change) || std::holds_alternative<AddNoise>(change);
    return QString::number(value, 'f', isSmall ? 3 : 2);
}

QString changeLine(const FilmChange &change)
{
    if (const auto *text = std::get_if<PasteText>(&change))
        return tr("Letters \u201c%1\u201d").arg(toText(text->text));
    if (const auto *flip = std::get_if<Flip>(&change))
        return flip->axis == FlipAxis::LeftRight ? tr("Flip left and right") : tr("Flip top and bottom");
    if (wordsOf(change).strength.isEmpty())
        return changeTitle(change);
    return tr("%1, %2").arg(changeTitle(change), strengthText(change));
}

QString changeHint(const FilmChange &change) { return wordsOf(change).hint; }

} // namespace hilum::ui
