// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// MouseHabits: what the buttons and the wheel of a mouse do over a film, to each person's habit. The left
// button has the tool that is chosen.
//
// Errors:  none.
// Threads: a value.
#pragma once

namespace hilum::ui {

enum class HandTool { Window, Pan, Zoom };

// With Frames the wheel zooms where a film has only one. Ctrl and the wheel always zoom.
enum class WheelUse { Zoom, Frames, Films };

struct MouseHabits {
    HandTool middle = HandTool::Pan;
    HandTool right = HandTool::Zoom;
    WheelUse wheel = WheelUse::Zoom;

    bool operator==(const MouseHabits &) const = default;
};

} // namespace hilum::ui
