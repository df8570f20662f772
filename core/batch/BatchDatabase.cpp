// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/batch/BatchResults.h"

#include <sqlite3.h>

#include <memory>
#include <string>

namespace hilum {

namespace {

constexpr const char *schema = R"sql(
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE films(id INTEGER PRIMARY KEY, film TEXT NOT NULL, patient TEXT, source TEXT, truth TEXT,
                   error_code TEXT, error TEXT, gate_accepted INTEGER, gate_reason TEXT);
CREATE TABLE readings(film_id INTEGER NOT NULL REFERENCES films(id), model TEXT NOT NULL, class TEXT NOT NULL,
                      probability REAL NOT NULL, PRIMARY KEY(film_id, model, class)) WITHOUT ROWID;
CREATE VIEW calls AS
    SELECT film_id, film, truth, model, class AS called, max(probability) AS probability
    FROM readings JOIN films ON films.id = film_id GROUP BY film_id, model;
)sql";

class Database {
public:
    explicit Database(const std::filesystem::path &file)
    {
        sqlite3 *raw = nullptr;
        m_isGood = sqlite3_open(file.c_str(), &raw) == SQLITE_OK;
        m_handle.reset(raw);
    }
    bool run(const char *sql)
    {
        m_isGood = m_isGood && sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
        return m_isGood;
    }
    std::string problem() const { return sqlite3_errmsg(m_handle.get()); }
    sqlite3 *handle() const { return m_handle.get(); }
    bool isGood() const { return m_isGood; }

private:
    struct Close {
        void operator()(sqlite3 *handle) const { sqlite3_close(handle); }
    };
    std::unique_ptr<sqlite3, Close> m_handle;
    bool m_isGood = false;
};

// An INSERT that is bound and run again and again.
class Insert {
public:
    Insert(const Database &database, const char *sql)
    {
        sqlite3_stmt *raw = nullptr;
        m_isGood
            = database.isGood() && sqlite3_prepare_v2(database.handle(), sql, -1, &raw, nullptr) == SQLITE_OK;
        m_statement.reset(raw);
    }
    Insert &text(const std::string &value)
    {
        ++m_next;
        if (value.empty())
            return keep(sqlite3_bind_null(m_statement.get(), m_next));
        return keep(sqlite3_bind_text(m_statement.get(), m_next, value.data(), static_cast<int>(value.size()),
                                      SQLITE_TRANSIENT));
    }
    Insert &whole(std::int64_t value) { return keep(sqlite3_bind_int64(m_statement.get(), ++m_next, value)); }
    Insert &number(double value) { return keep(sqlite3_bind_double(m_statement.get(), ++m_next, value)); }
    Insert &nothing() { return keep(sqlite3_bind_null(m_statement.get(), ++m_next)); }
    bool run()
    {
        m_isGood = m_isGood && sqlite3_step(m_statement.get()) == SQLITE_DONE;
        sqlite3_reset(m_statement.get());
        m_next = 0;
        return m_isGood;
    }

private:
    Insert &keep(int status)
    {
        m_isGood = m_isGood && status == SQLITE_OK;
        return *this;
    }
    struct Finalise {
        void operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalise> m_statement;
    int m_next = 0;
    bool m_isGood = false;
};

Result<bool> addAll(const BatchRows &rows, const Database &database)
{
    const BatchPlan &plan = rows.plan();
    Insert about(database, "INSERT INTO about VALUES(?, ?)");
    bool isGood = about.text("software").text(plan.software).run()
        && about.text("notice").text(plan.notice).run() && about.text("films").text(plan.films).run()
        && about.text("films_sha256").text(plan.filmsSha256).run();
    for (const BatchModel &model : plan.models)
        isGood = isGood && about.text("weights " + model.id).text(model.weightsSha256).run();
    Insert films(database, "INSERT INTO films VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Insert readings(database, "INSERT INTO readings VALUES(?, ?, ?, ?)");
    for (std::size_t film = 0; isGood && film < plan.filmCount; ++film) {
        if (!rows.has(film))
            continue;
        const auto row = rows.row(film);
        if (!row)
            return tl::unexpected(row.error());
        const auto id = static_cast<std::int64_t>(film);
        films.whole(id).text(row->name).text(row->group).text(row->source).text(row->truth);
        films.text(row->errorCode).text(row->error);
        if (plan.withGate && row->errorCode.empty())
            films.whole(row->refusal.empty() ? 1 : 0);
        else
            films.nothing();
        isGood = films.text(row->refusal).run();
        for (std::size_t m = 0; row->errorCode.empty() && m < plan.models.size(); ++m) {
            for (std::size_t c = 0; c < plan.models[m].classes.size(); ++c)
                isGood = isGood
                    && readings.whole(id)
                           .text(plan.models[m].id)
                           .text(plan.models[m].classes[c])
                           .number(row->probabilities[m][c])
                           .run();
        }
    }
    return isGood;
}

} // namespace

Result<void> writeBatchDatabase(const BatchRows &rows, const std::filesystem::path &file)
{
    auto beside = file;
    beside += ".new";
    std::error_code code;
    std::filesystem::remove(beside, code);
    {
        Database database(beside);
        database.run(schema);
        const auto added = addAll(rows, database);
        if (!added)
            return tl::unexpected(added.error());
        if (!*added || !database.run("COMMIT"))
            return fail(ErrorCode::FileUnreadable,
                        file.string() + ": can't be written: " + database.problem());
    }
    std::filesystem::rename(beside, file, code);
    if (code)
        return fail(ErrorCode::FileUnreadable, file.string() + ": can't be written: " + code.message());
    return {};
}

} // namespace hilum
