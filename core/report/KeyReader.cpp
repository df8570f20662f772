// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/report/KeyReader.h"

#include "core/report/Csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hilum {

KeyReader::KeyReader(std::string where, std::string prefix, const Json &json, std::filesystem::path folder)
    : m_where(std::move(where))
    , m_prefix(std::move(prefix))
    , m_json(json)
    , m_folder(std::move(folder))
{
}

const Json *KeyReader::find(const char *key)
{
    m_known.insert(key);
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? nullptr : &*found;
}

void KeyReader::wrong(const std::string &key, const std::string &expected, const std::string &found)
{
    if (!m_error)
        m_error = Error{ErrorCode::UsageWrong,
                        m_where + ": " + m_prefix + key + ": expected " + expected + ", found " + found};
}

void KeyReader::finish()
{
    for (const auto &[key, value] : m_json.items()) {
        if (m_known.contains(key))
            continue;
        std::string names;
        for (const std::string &name : m_known)
            names += (names.empty() ? "" : ", ") + name;
        wrong(key, "one of the keys " + names, "this one");
    }
}

void KeyReader::number(const char *key, double &target, double low, double high)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (!value->is_number() || !(value->get<double>() >= low && value->get<double>() <= high))
        return wrong(key, "a number from " + csvNumber(low) + " to " + csvNumber(high), value->dump());
    target = value->get<double>();
}

void KeyReader::whole(const char *key, int &target, int low, int high)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    const double number = value->is_number() ? value->get<double>() : std::nan("");
    if (!(number >= low && number <= high) || number != std::floor(number))
        return wrong(key, "a whole number from " + std::to_string(low) + " to " + std::to_string(high),
                     value->dump());
    target = static_cast<int>(number);
}

void KeyReader::seed(const char *key, std::uint64_t &target)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (!value->is_number_unsigned())
        return wrong(key, "a whole number from 0", value->dump());
    target = value->get<std::uint64_t>();
}

void KeyReader::flag(const char *key, bool &target)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (!value->is_boolean())
        return wrong(key, "true or false", value->dump());
    target = value->get<bool>();
}

void KeyReader::text(const char *key, std::string &target)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (!value->is_string())
        return wrong(key, "text", value->dump());
    target = value->get<std::string>();
}

void KeyReader::texts(const char *key, std::vector<std::string> &target)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (!value->is_array() || !std::ranges::all_of(*value, [](const Json &item) { return item.is_string(); }))
        return wrong(key, "a list of texts", value->dump());
    target = value->get<std::vector<std::string>>();
}

void KeyReader::numbers(const char *key, std::map<std::string, double> &target, double low, double high)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (!value->is_object())
        return wrong(key, "an object of numbers", value->dump());
    target.clear();
    for (const auto &[name, number] : value->items()) {
        if (!number.is_number() || !(number.get<double>() >= low && number.get<double>() <= high))
            return wrong(key + ("." + name), "a number from " + csvNumber(low) + " to " + csvNumber(high),
                         number.dump());
        target[name] = number.get<double>();
    }
}

void KeyReader::range(const char *key, int &low, int &high, int lowest, int highest)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (*value == 0) {
        low = high = 0;
        return;
    }
    const auto fits
        = [&](const Json &item) { return item.is_number_integer() && item >= lowest && item <= highest; };
    if (!value->is_array() || value->size() != 2 || !std::ranges::all_of(*value, fits)
        || (*value)[0] > (*value)[1])
        return wrong(key,
                     "0, or a low and a high whole number from " + std::to_string(lowest) + " to "
                         + std::to_string(highest),
                     value->dump());
    low = (*value)[0].get<int>();
    high = (*value)[1].get<int>();
}

void KeyReader::path(const char *key, std::filesystem::path &target)
{
    std::string name;
    text(key, name);
    if (!name.empty())
        target = (m_folder / name).lexically_normal(); // an absolute name replaces the folder
}

void KeyReader::free(const char *key, std::string &target)
{
    const Json *value = find(key);
    if (value == nullptr)
        return;
    if (!value->is_object())
        return wrong(key, "an object", value->dump());
    target = value->dump();
}

void KeyWriter::text(const char *key, const std::string &value)
{
    if (!value.empty())
        m_json[key] = value;
}

void KeyWriter::texts(const char *key, const std::vector<std::string> &value)
{
    if (!value.empty())
        m_json[key] = value;
}

void KeyWriter::numbers(const char *key, const std::map<std::string, double> &value, double, double)
{
    if (!value.empty())
        m_json[key] = value;
}

void KeyWriter::range(const char *key, int low, int high, int, int)
{
    m_json[key] = low > 0 ? Json::array({low, high}) : Json(0);
}

void KeyWriter::free(const char *key, const std::string &value)
{
    const Json parsed = Json::parse(value, nullptr, false);
    if (parsed.is_object() && !parsed.empty())
        m_json[key] = parsed;
}

Result<void> applySettings(Json &json, const std::vector<std::pair<std::string, std::string>> &settings)
{
    for (const auto &[key, text] : settings) {
        const auto wrong = [&](const std::string &found) {
            return fail(ErrorCode::UsageWrong,
                        "--set " + key + ": expected a key like optimiser.peakLearningRate, found " + found);
        };
        Json *place = &json;
        std::size_t start = 0;
        while (start <= key.size()) {
            const std::size_t end = std::min(key.find('.', start), key.size());
            const std::string part = key.substr(start, end - start);
            if (part.empty())
                return wrong("an empty part");
            if (place->is_array()) {
                std::size_t index = 0;
                const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), index);
                if (error != std::errc() || stop != part.data() + part.size() || index >= place->size())
                    return wrong("\"" + part + "\" in a list of " + std::to_string(place->size()));
                place = &(*place)[index];
            } else {
                if (!place->is_object()) // "none", or nothing so far
                    *place = Json::object();
                place = &(*place)[part];
            }
            start = end + 1;
        }
        Json value = Json::parse(text, nullptr, false);
        *place = value.is_discarded() ? Json(text) : std::move(value);
    }
    return {};
}

} // namespace hilum
