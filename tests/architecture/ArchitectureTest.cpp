// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads every source file and holds the rooms to what CONTRIBUTING.md says of them. A failure here
// is either a mistake in the source or a decision: then change the table below in the same commit.

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Names = std::set<std::string>;

// Which rooms a room may include, itself left out.
const std::map<std::string, Names> allowedRooms{
    {"core/base", {}},
    {"core/film", {"core/base"}},
    {"core/imaging", {"core/base", "core/film"}},
    {"core/measure", {"core/base", "core/film", "core/imaging"}},
    {"core/codec", {"core/base", "core/film", "core/imaging"}},
    {"core/metrics", {"core/base"}},
    {"core/report", {"core/base", "core/film", "core/metrics"}},
    {"core/dataset", {"core/base", "core/film", "core/report"}},
    {"core/audit", {"core/base", "core/film", "core/imaging", "core/metrics", "core/report", "core/dataset"}},
    {"core/nn", {"core/base", "core/film", "core/imaging", "core/metrics", "core/report"}},
    {"core/lab", {"core/base", "core/film", "core/imaging", "core/metrics", "core/nn", "core/report"}},
    {"core/compare",
     {"core/base", "core/film", "core/imaging", "core/metrics", "core/report", "core/dataset", "core/nn"}},
    {"core/explain", {"core/base", "core/film", "core/imaging", "core/metrics", "core/nn"}},
    {"core/gate", {"core/base", "core/film", "core/imaging", "core/metrics", "core/nn", "core/report"}},
    {"core/batch",
     {"core/base", "core/film", "core/imaging", "core/metrics", "core/report", "core/dataset", "core/nn"}},
    {"core/phantom", {"core/base", "core/film"}},
    {"core/train",
     {"core/base", "core/film", "core/imaging", "core/metrics", "core/dataset", "core/nn", "core/lab",
      "core/report", "core/gate"}},
    {"core/guest", {"core/base", "core/film", "core/codec", "core/nn", "core/phantom"}},
    {"core/module",
     {"core/base", "core/film", "core/imaging", "core/metrics", "core/nn", "core/explain", "core/gate",
      "core/train", "core/guest"}},
};

// ui rooms in their order: one may include those before it, and any public header of core.
const std::vector<std::string> uiRooms{"ui/bridge", "ui/plots",   "ui/report",  "ui/session", "ui/viewer",
                                       "ui/marks",  "ui/predict", "ui/lab",     "ui/replay",  "ui/saw",
                                       "ui/inside", "ui/sheet",   "ui/compare", "ui/desk",    "ui/audit",
                                       "ui/train",  "ui/batch",   "ui/guest",   "ui/library", "ui/shell"};

// A library, and the rooms that may see it. Their headers that do are private: no other room may
// reach them, not even through a third header.
struct Library {
    std::string name;
    std::vector<std::string> starts; // of the names by which it is included
    Names rooms;
};
const std::vector<Library> libraries{
    {"LibTorch",
     {"torch/", "ATen/", "c10/", "caffe2/"},
     {"core/nn", "core/explain", "core/gate", "core/train", "core/guest", "core/module"}},
    {"DCMTK", {"dcmtk/"}, {"core/codec", "packaging/samples"}},
    {"OpenJPEG", {"openjpeg"}, {"core/codec"}},
    {"libtiff", {"tiffio"}, {"core/codec"}},
    {"SQLite", {"sqlite3"}, {"core/batch"}},
    {"OpenCV",
     {"opencv2/"},
     {"core/codec", "core/imaging", "core/audit", "core/nn", "core/lab", "core/explain", "core/gate",
      "core/train", "packaging/samples"}},
};

struct Include {
    std::string name;
    bool quoted = false;
};

struct Source {
    std::string path; // from the root, with '/'
    std::string text;
};

std::vector<Include> includesOf(const std::string &text)
{
    static const QRegularExpression form(QStringLiteral(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re"),
                                         QRegularExpression::MultilineOption);
    std::vector<Include> found;
    for (auto matches = form.globalMatch(QString::fromStdString(text)); matches.hasNext();) {
        const auto match = matches.next();
        found.push_back({match.captured(2).toStdString(), match.captured(1) == QLatin1String("\"")});
    }
    return found;
}

// "core/nn/network/Vgg.h" is in core/nn.
std::string roomOf(const std::string &path)
{
    const auto first = path.find('/');
    const auto second = first == std::string::npos ? first : path.find('/', first + 1);
    return second == std::string::npos ? path.substr(0, first) : path.substr(0, second);
}

bool startsWith(const std::string &text, const std::string &start) { return text.rfind(start, 0) == 0; }
bool isOf(const Library &library, const std::string &include)
{
    return std::any_of(library.starts.begin(), library.starts.end(),
                       [&](const std::string &start) { return startsWith(include, start); });
}

bool isHeader(const std::string &path) { return path.size() > 2 && path.substr(path.size() - 2) == ".h"; }

class Scan {
public:
    explicit Scan(const std::vector<Source> &sources)
    {
        for (const Source &source : sources)
            m_includes[source.path] = includesOf(source.text);
        for (const Source &source : sources) {
            if (startsWith(source.path, "core/") || startsWith(source.path, "ui/")
                || startsWith(source.path, "app/"))
                checkIncludes(source.path);
            checkLibraries(source.path);
            checkLicence(source);
        }
    }

    const std::vector<std::string> &faults() const { return m_faults; }

private:
    void fault(const std::string &path, const std::string &words) { m_faults.push_back(path + ": " + words); }

    void checkIncludes(const std::string &path)
    {
        for (const Include &include : m_includes[path]) {
            const bool qt = !include.quoted && include.name.size() > 1 && include.name[0] == 'Q';
            if (qt && startsWith(path, "core/"))
                fault(path, "core knows no Qt, but includes <" + include.name + ">");
            if (!include.quoted)
                continue;
            const bool generated = include.name.find(".moc") != std::string::npos;
            const bool fromRoot = startsWith(include.name, "core/") || startsWith(include.name, "ui/")
                || startsWith(include.name, "app/");
            if (!fromRoot && !generated)
                fault(path, "includes \"" + include.name + "\" not from the root");
            else if (!generated)
                checkRooms(path, roomOf(path), roomOf(include.name));
        }
    }

    void checkRooms(const std::string &path, const std::string &from, const std::string &to)
    {
        if (from == to || startsWith(from, "app"))
            return;
        bool allowed = false;
        if (startsWith(from, "core/")) {
            const auto row = allowedRooms.find(from);
            if (row == allowedRooms.end())
                return fault(path, from + " is a room that this test does not know");
            allowed = row->second.count(to) > 0;
        } else {
            const auto here = std::find(uiRooms.begin(), uiRooms.end(), from);
            if (here == uiRooms.end())
                return fault(path, from + " is a room that this test does not know");
            allowed = startsWith(to, "core/") || std::find(uiRooms.begin(), here, to) != here;
        }
        if (!allowed)
            fault(path, from + " must not include " + to);
    }

    void checkLibraries(const std::string &path)
    {
        if (startsWith(path, "tests/")) // a test of a room may see what the room sees
            return;
        for (const Library &library : libraries) {
            if (library.rooms.count(roomOf(path)) > 0)
                continue;
            Names seen;
            const std::string through = reaches(path, library, seen);
            if (!through.empty())
                fault(path, "sees " + library.name + " through " + through);
        }
        // OpenCV's types would tie everything above to it, so its headers stay in source files.
        if (isHeader(path)) {
            for (const Include &include : m_includes[path]) {
                if (startsWith(include.name, "opencv2/"))
                    fault(path, "a header includes OpenCV");
            }
        }
    }

    // The file by which `path` comes to include the library; empty when it does not.
    std::string reaches(const std::string &path, const Library &library, Names &seen)
    {
        if (!seen.insert(path).second)
            return {};
        for (const Include &include : m_includes[path]) {
            if (!include.quoted && isOf(library, include.name))
                return path;
            if (include.quoted && m_includes.count(include.name) > 0) {
                const std::string through = reaches(include.name, library, seen);
                if (!through.empty())
                    return through;
            }
        }
        return {};
    }

    void checkLicence(const Source &source)
    {
        std::istringstream lines(source.text);
        std::string first;
        std::string second;
        std::getline(lines, first);
        std::getline(lines, second);
        // Split, so that this file has them in its own two lines only.
        const std::string mark = std::string("// SPDX") + "-";
        if (first != mark + "FileCopyrightText: The Hilum authors"
            || second != mark + "License-Identifier: GPL-3.0-or-later")
            fault(source.path, "does not begin with the two SPDX lines");
    }

    std::map<std::string, std::vector<Include>> m_includes;
    std::vector<std::string> m_faults;
};

std::vector<Source> readTree()
{
    namespace fs = std::filesystem;
    const fs::path root = HILUM_SOURCE_DIR;
    std::vector<Source> sources;
    for (const char *folder : {"core", "ui", "app", "tests", "packaging"}) {
        for (const auto &entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string kind = entry.path().extension().string();
            if (!entry.is_regular_file() || (kind != ".h" && kind != ".cpp"))
                continue;
            std::ifstream file(entry.path(), std::ios::binary);
            sources.push_back({entry.path().lexically_relative(root).generic_string(),
                               std::string(std::istreambuf_iterator<char>(file), {})});
        }
    }
    return sources;
}

Source invented(const std::string &path, const std::string &body)
{
    return {path,
            "// SPDX-FileCopyrightText: The Hilum authors\n// SPDX-License-Identifier: GPL-3.0-or-later\n"
                + body};
}

} // namespace

class ArchitectureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsForEverySource()
    {
        const std::vector<Source> sources = readTree();
        QVERIFY(sources.size() > 20);
        const Scan scan(sources);
        for (const std::string &fault : scan.faults())
            qWarning("%s", fault.c_str());
        QCOMPARE(static_cast<int>(scan.faults().size()), 0);
    }

    void acceptsWhatIsAllowed()
    {
        const Scan scan({
            invented("core/nn/Private.h", "#include <torch/types.h>\n"),
            invented("core/nn/Network.cpp",
                     "#include \"core/nn/Private.h\"\n#include \"core/film/Film.h\"\n"),
            invented("core/film/Film.h", "#include <vector>\n"),
            invented("ui/viewer/FilmView.cpp",
                     "#include \"core/film/Film.h\"\n#include <QWidget>\n"
                     "#include \"FilmView.moc\"\n"),
        });
        QCOMPARE(static_cast<int>(scan.faults().size()), 0);
    }

    void findsEachKindOfFault_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("fault");

        QTest::newRow("Qt in core") << "core/film/A.h"
                                    << "#include <QString>\n"
                                    << "core/film/A.h: core knows no Qt, but includes <QString>";
        QTest::newRow("LibTorch in ui") << "ui/shell/A.cpp"
                                        << "#  include <torch/torch.h>\n"
                                        << "ui/shell/A.cpp: sees LibTorch through ui/shell/A.cpp";
        QTest::newRow("LibTorch through a private header")
            << "app/cli/A.cpp"
            << "#include \"core/nn/Private.h\"\n"
            << "app/cli/A.cpp: sees LibTorch through core/nn/Private.h";
        QTest::newRow("DCMTK outside the codec")
            << "core/imaging/A.cpp"
            << "#include <dcmtk/dcmdata/dctk.h>\n"
            << "core/imaging/A.cpp: sees DCMTK through core/imaging/A.cpp";
        QTest::newRow("OpenCV in a header") << "core/imaging/A.h"
                                            << "#include <opencv2/core.hpp>\n"
                                            << "core/imaging/A.h: a header includes OpenCV";
        QTest::newRow("a room below") << "core/film/A.cpp"
                                      << "#include \"core/imaging/Window.h\"\n"
                                      << "core/film/A.cpp: core/film must not include core/imaging";
        QTest::newRow("ui from core") << "core/film/A.cpp"
                                      << "#include \"ui/bridge/Task.h\"\n"
                                      << "core/film/A.cpp: core/film must not include ui/bridge";
        QTest::newRow("a later room of ui") << "ui/session/A.cpp"
                                            << "#include \"ui/viewer/FilmView.h\"\n"
                                            << "ui/session/A.cpp: ui/session must not include ui/viewer";
        QTest::newRow("not from the root") << "core/film/A.cpp"
                                           << "#include \"Film.h\"\n"
                                           << "core/film/A.cpp: includes \"Film.h\" not from the root";
        QTest::newRow("an unknown room")
            << "core/helpers/A.cpp"
            << "#include \"core/film/Film.h\"\n"
            << "core/helpers/A.cpp: core/helpers is a room that this test does not know";
    }

    void findsEachKindOfFault()
    {
        QFETCH(QString, path);
        QFETCH(QString, body);
        QFETCH(QString, fault);
        const Scan scan({invented("core/nn/Private.h", "#include <torch/types.h>\n"),
                         invented(path.toStdString(), body.toStdString())});
        QCOMPARE(static_cast<int>(scan.faults().size()), 1);
        QCOMPARE(QString::fromStdString(scan.faults().front()), fault);
    }

    void findsAMissingLicence()
    {
        const Scan scan(std::vector<Source>{{"core/film/A.h", "#pragma once\n"}});
        QCOMPARE(static_cast<int>(scan.faults().size()), 1);
    }
};

QTEST_GUILESS_MAIN(ArchitectureTest)
#include "ArchitectureTest.moc"
