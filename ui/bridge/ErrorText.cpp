// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/bridge/ErrorText.h"

#include "ui/bridge/Convert.h"

#include <QCoreApplication>

namespace hilum::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ErrorText", text); }

} // namespace

ErrorWords errorWords(const Error &error, const QString &subject)
{
    const QString name = subject.isEmpty() ? tr("The file") : subject;
    const QString detail = toText(error.detail);
    switch (error.code) {
    case ErrorCode::FileUnreadable:
        return {tr("%1 can't be read.").arg(name),
                tr("Check that it is still there and that you may read it."), detail};
    case ErrorCode::FormatUnsupported:
        return {tr("%1 is not a film that Hilum can open.").arg(name),
                tr("Hilum opens DICOM, PNG and JPEG. Export the film in one of these."), detail};
    case ErrorCode::Directory:
        return {tr("%1 is an index of films (a DICOMDIR), not a film.").arg(name),
                tr("Open the folder that it lies in: every film below it is found."), detail};
    case ErrorCode::NoPixelData:
        return {tr("%1 is a DICOM object without a picture.").arg(name),
                tr("It may be a report or a presentation state; open the image that belongs to it."), detail};
    case ErrorCode::DataCorrupt:
        return {
            tr("%1 is damaged.").arg(name),
            tr("The header reads as a film, the data within do not. Copy it again from where it came from."),
            detail};
    case ErrorCode::LimitExceeded:
        return {tr("%1 wanted more memory or time than Hilum grants.").arg(name),
                tr("A genuine film can be exported in a smaller size or with fewer frames; a network that "
                   "was imported must read a film within its time limit. The detail names the limit."),
                detail};
    case ErrorCode::ModelMismatch:
        return {tr("%1 does not hold a network that Hilum can use.").arg(name),
                tr("Put a complete model package (card, weights) into the models folder and restart."),
                detail};
    case ErrorCode::DeviceUnavailable:
        return {
            tr("The device for %1 is not available.").arg(subject.isEmpty() ? tr("the network") : subject),
            tr("Choose Networks \u2192 Device \u2192 CPU; readings are the same, only slower."), detail};
    case ErrorCode::UsageWrong:
        return {tr("%1 was asked for in a way that makes no sense.").arg(name),
                tr("Check the options or the manifest; the detail names the place."), detail};
    case ErrorCode::Cancelled:
        return {tr("Stopped before %1 was done.").arg(subject.isEmpty() ? tr("the work") : subject),
                tr("Select the film again to go on."), detail};
    case ErrorCode::Internal:
        break;
    }
    return {tr("Something in Hilum went wrong with %1.").arg(subject.isEmpty() ? tr("this") : subject),
            tr("Try again; if it happens again, report it with the detail below."), detail};
}

QString errorBadge(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileUnreadable:
        return tr("unreadable");
    case ErrorCode::FormatUnsupported:
        return tr("not a film");
    case ErrorCode::Directory:
        return tr("index only");
    case ErrorCode::NoPixelData:
        return tr("no picture");
    case ErrorCode::DataCorrupt:
        return tr("damaged");
    case ErrorCode::LimitExceeded:
        return tr("over a limit");
    case ErrorCode::ModelMismatch:
        return tr("no network");
    case ErrorCode::DeviceUnavailable:
        return tr("no device");
    case ErrorCode::UsageWrong:
        return tr("wrong use");
    case ErrorCode::Cancelled:
        return tr("stopped");
    case ErrorCode::Internal:
        break;
    }
    return tr("failed");
}

} // namespace hilum::ui
