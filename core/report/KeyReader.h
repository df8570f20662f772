// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// KeyReader, KeyWriter: the keys of a JSON file that people write, one call each, the same calls both ways.
//
// A reader leaves alone what its JSON doesn't name, and remembers the first thing that is wrong: a type, a
// number out of range, a word that is no choice, and at finish() a key that nobody asked for.
//
// Include from .cpp files only: JSON headers are slow to compile.
#pragma once

#include "core/base/Result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hilum {

using Json = nlohmann::ordered_json;

template <class Enum, std::size_t size>
using Choices = std::array<std::pair<std::string_view, Enum>, size>;

class KeyReader {
public:
    KeyReader(std::string where, std::string prefix, const Json &json, std::filesystem::path folder);

    void number(const char *key, double &target, double low, double high);
    void whole(const char *key, int &target, int low, int high);
    void seed(const char *key, std::uint64_t &target);
    void flag(const char *key, bool &target);
    void text(const char *key, std::string &target);
    void texts(const char *key, std::vector<std::string> &target);
    void numbers(const char *key, std::map<std::string, double> &target, double low, double high);
    void range(const char *key, int &low, int &high, int lowest, int highest);
    void path(const char *key, std::filesystem::path &target);
    void free(const char *key, std::string &target); // any JSON object, kept as text

    template <class Enum, std::size_t size>
    void choice(const char *key, Enum &target, const Choices<Enum, size> &choices)
    {
        std::string word;
        if (find(key) == nullptr)
            return;
        text(key, word);
        std::string names;
        for (const auto &[name, value] : choices) {
            if (name == word) {
                target = value;
                return;
            }
            names += (names.empty() ? "" : ", ") + std::string(name);
        }
        wrong(key, "one of " + names, "\"" + word + "\"");
    }

    template <class Function>
    void object(const char *key, const Function &visitInner)
    {
        if (const Json *value = find(key))
            within(key, *value, visitInner);
    }

    template <class Function>
    void objectIf(const char *key, bool, const Function &visitInner) // is written where it means something
    {
        object(key, visitInner);
    }

    template <class Enum, std::size_t size>
    void choiceIf(const char *key, bool, Enum &target, const Choices<Enum, size> &choices) // as objectIf
    {
        choice(key, target, choices);
    }

    template <class Clear, class Function>
    void objectOrNone(const char *key, const Clear &clear, const Function &visitInner)
    {
        const Json *value = find(key);
        if (value == nullptr)
            return;
        clear();
        if (*value != "none")
            within(key, *value, visitInner);
    }

    template <class Item, class Function>
    void objects(const char *key, std::vector<Item> &target, const Function &visitItem)
    {
        const Json *value = find(key);
        if (value == nullptr)
            return;
        if (!value->is_array() || value->empty())
            return wrong(key, "a list of objects", value->dump());
        target.clear();
        for (std::size_t i = 0; i < value->size(); ++i) {
            target.emplace_back();
            within(std::string(key) + "[" + std::to_string(i) + "]", (*value)[i],
                   [&](KeyReader &inner) { visitItem(inner, target.back()); });
        }
    }

    // What the calls above can't see.
    void wrong(const std::string &key, const std::string &expected, const std::string &found);
    void finish(); // unknown keys
    const std::optional<Error> &error() const { return m_error; }

private:
    const Json *find(const char *key);

    template <class Function>
    void within(const std::string &key, const Json &value, const Function &visitInner)
    {
        if (!value.is_object())
            return wrong(key, "an object", value.dump());
        KeyReader inner(m_where, m_prefix + key + ".", value, m_folder);
        visitInner(inner);
        inner.finish();
        if (!m_error)
            m_error = inner.m_error;
    }

    std::string m_where;
    std::string m_prefix;
    const Json &m_json;
    std::filesystem::path m_folder;
    std::set<std::string> m_known;
    std::optional<Error> m_error;
};

class KeyWriter {
public:
    void number(const char *key, double value, double, double) { m_json[key] = value; }
    void whole(const char *key, int value, int, int) { m_json[key] = value; }
    void seed(const char *key, std::uint64_t value) { m_json[key] = value; }
    void flag(const char *key, bool value) { m_json[key] = value; }
    void text(const char *key, const std::string &value);
    void texts(const char *key, const std::vector<std::string> &value);
    void numbers(const char *key, const std::map<std::string, double> &value, double, double);
    void range(const char *key, int low, int high, int, int);
    void path(const char *key, const std::filesystem::path &value) { text(key, value.string()); }
    void free(const char *key, const std::string &value);

    template <class Enum, std::size_t size>
    void choice(const char *key, Enum value, const Choices<Enum, size> &choices)
    {
        for (const auto &[name, known] : choices) {
            if (known == value)
                m_json[key] = std::string(name);
        }
    }
    template <class Function>
    void object(const char *key, const Function &visitInner)
    {
        KeyWriter inner;
        visitInner(inner);
        m_json[key] = inner.m_json;
    }
    template <class Function>
    void objectIf(const char *key, bool isMeant, const Function &visitInner)
    {
        if (isMeant)
            object(key, visitInner);
    }
    template <class Enum, std::size_t size>
    void choiceIf(const char *key, bool isMeant, Enum value, const Choices<Enum, size> &choices)
    {
        if (isMeant)
            choice(key, value, choices);
    }
    template <class Clear, class Function>
    void objectOrNone(const char *key, const Clear &, const Function &visitInner)
    {
        object(key, visitInner);
    }
    template <class Item, class Function>
    void objects(const char *key, std::vector<Item> &items, const Function &visitItem)
    {
        m_json[key] = Json::array();
        for (Item &item : items) {
            KeyWriter inner;
            visitItem(inner, item);
            m_json[key].push_back(inner.m_json);
        }
    }

    const Json &json() const { return m_json; }

private:
    Json m_json = Json::object();
};

// Puts each setting where its dotted key points; "stages.0.epochs" counts into lists.
[[nodiscard]] Result<void> applySettings(Json &json,
                                         const std::vector<std::pair<std::string, std::string>> &settings);

} // namespace hilum
