// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// yieldToTheWindow: for QProcess::setChildProcessModifier: the child gets out of the window's way, and is
// told to end (SIGTERM) when the window is gone, however it went.
//
// hangUpWithTheWindow: the same, told by SIGHUP: a training ends at once, without its checkpoint, when SIGTERM
// comes twice, and the first may have been a pause. Where SIGHUP is ignored (nohup) it stays SIGTERM.
//
// Threads: run in the child between fork and exec: calls that are safe there, and nothing else.
#pragma once

namespace hilum::ui {

void yieldToTheWindow();
void hangUpWithTheWindow(); // after yieldToTheWindow

} // namespace hilum::ui
