#include "storage/connection.h"

#include <string_view>
#include <type_traits>
#include <utility>

#include <pqxx/pqxx>

#include "model/result.h"
#include "model/time.h"
#include "storage/failure.h"
#include "storage/guard.h"
#include "storage/refused.h"

namespace agreementd::storage {
namespace {

// pg_advisory_xact_lock of this key is the writer lock. The characters "agreemen" as a number.
constexpr auto take_writer_lock_sql = "SELECT pg_advisory_xact_lock(7018704324099138926)";

// Set in every transaction, not once: then nothing depends on the session, which libpqxx 6 may
// replace and a pooler shares.
const std::string settings =
    "SET LOCAL search_path = agreementd, pg_temp; SET LOCAL TimeZone = 'UTC';"
    "SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex';"
    "SET LOCAL jit = off; SET LOCAL client_min_messages = 'error'; SET LOCAL client_encoding = "
    "'UTF8'";

// Object ids of types, fixed since ever (src/include/catalog/pg_type.dat).
constexpr unsigned bool_type = 16;
constexpr unsigned timestamptz_type = 1184;

#if PQXX_VERSION_MAJOR < 7
pqxx::result send(pqxx::transaction_base& transaction, const std::string& sql,
                  const Values& values) {
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const auto& value : values) pointers.push_back(value ? value->c_str() : nullptr);
  return transaction.exec_params(sql, pqxx::prepare::make_dynamic_params(pointers));
}
#else
pqxx::result send(pqxx::transaction_base& transaction, const std::string& sql,
                  const Values& values) {
  pqxx::params parameters;
  for (const auto& value : values) {
    if (value)
      parameters.append(*value);
    else
      parameters.append();
  }
#if PQXX_VERSION_MAJOR > 7 || PQXX_VERSION_MINOR >= 9
  return transaction.exec(sql, parameters);
#else
  return transaction.exec_params(sql, parameters);
#endif
}
#endif

// libpqxx prints what the server and its own destructors remark on stderr unless told not to:
// errors reach the user once, as a Failure.
#if PQXX_VERSION_MAJOR > 7 || (PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR >= 9)
struct Quiet {
  explicit Quiet(pqxx::connection& connection) {
    connection.set_notice_handler([](pqxx::zview) noexcept {});
  }
};
#else
using Quiet = pqxx::quiet_errorhandler;
#endif

Value text_of(const pqxx::field& field, unsigned type) {
  if (field.is_null()) return std::nullopt;
  std::string text(field.c_str(), field.size());
  if (type == bool_type) return text == "t" ? "true" : "false";
  if (type == timestamptz_type)
    if (const auto instant = parse_instant(text)) return to_string(*instant);
  return text;
}

Table table_of(const pqxx::result& result) {
  Table table;
  std::vector<unsigned> types;
  for (pqxx::row::size_type i = 0; i < result.columns(); ++i) {
    table.columns.emplace_back(result.column_name(i));
    types.push_back(result.column_type(i));
  }
  table.rows.reserve(static_cast<std::size_t>(result.size()));
  for (const auto& row : result) {
    Values values;
    values.reserve(types.size());
    for (pqxx::row::size_type i = 0; i < result.columns(); ++i)
      values.push_back(text_of(row[i], types[static_cast<std::size_t>(i)]));
    table.rows.push_back(std::move(values));
  }
  return table;
}

/// PostgreSQL's texts end at the first NUL: a value that has one would be cut off unseen.
void require_text(const Values& values) {
  for (const auto& value : values)
    if (value && value->find('\0') != std::string::npos)
      throw Failure("a text with a NUL byte cannot be stored: nothing of this step was stored");
}

template <typename Kind>
bool is(const pqxx::sql_error& error) {
  return dynamic_cast<const Kind*>(&error) != nullptr;
}

/// libpqxx 6 forgets the SQLSTATE of the errors that it has a type for.
std::string sqlstate_of(const pqxx::sql_error& error) {
  if (!error.sqlstate().empty()) return error.sqlstate();
  if (is<pqxx::insufficient_privilege>(error)) return "42501";
  if (is<pqxx::undefined_table>(error)) return "42P01";
  if (is<pqxx::undefined_column>(error)) return "42703";
  if (is<pqxx::undefined_function>(error)) return "42883";
  if (is<pqxx::data_exception>(error)) return "22000";
  if (is<pqxx::integrity_constraint_violation>(error)) return "23000";
  if (is<pqxx::disk_full>(error)) return "53100";
  if (is<pqxx::out_of_memory>(error)) return "53200";
  if (is<pqxx::too_many_connections>(error)) return "53300";
  return "";
}

/// Classes 22 (data exception), 23 (integrity constraint) and 54 (program limit) of PostgreSQL's
/// appendix A.
bool is_about_data(std::string_view sqlstate) {
  const auto kind = sqlstate.substr(0, 2);
  return kind == "22" || kind == "23" || kind == "54";
}

template <typename Work>
std::invoke_result_t<Work> translated(Work work, bool committing = false) {
  try {
    return work();
  } catch (const pqxx::in_doubt_error&) {
    throw lost_connection(true);
  } catch (const pqxx::broken_connection&) {
    throw lost_connection(committing);
  } catch (const pqxx::sql_error& error) {
    const auto state = sqlstate_of(error);
    if (is_about_data(state)) throw RefusedData(statement_failure(error.what(), state));
    throw statement_failure(error.what(), state);
  } catch (const pqxx::failure& error) {
    throw statement_failure(error.what(), "");
  }
}

}  // namespace

struct Transaction::Implementation {
  Implementation(pqxx::connection& connection, Guard* watcher) : guard(watcher), work(connection) {}
  Guard* guard;
  pqxx::work work;

  [[nodiscard]] Guard::Watch watch() { return {guard, work.conn().sock()}; }

  pqxx::result run(const std::string& sql, const Values& values) {
    require_text(values);
    const auto watched = watch();
    return translated([&] { return values.empty() ? work.exec(sql) : send(work, sql, values); });
  }
};

struct Store::Connection::Implementation {
  Implementation(const std::string& uri, const std::optional<Patience>& patience)
      : connection(uri), quiet(connection) {
    if (patience) guard = std::make_unique<Guard>(*patience);
  }
  pqxx::connection connection;
  Quiet quiet;
  std::unique_ptr<Guard> guard;

  [[nodiscard]] Guard::Watch watch() { return {guard.get(), connection.sock()}; }
};

Transaction::Transaction(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
Transaction::~Transaction() {
  // What is not committed is rolled back now, which is a question to the server too.
  const auto watched = implementation_->watch();
  implementation_.reset();
}

Table Transaction::query(const std::string& sql, const Values& parameters) {
  return table_of(implementation_->run(sql, parameters));
}

std::size_t Transaction::execute(const std::string& sql, const Values& parameters) {
  return static_cast<std::size_t>(implementation_->run(sql, parameters).affected_rows());
}

void Transaction::take_writer_lock() { execute(take_writer_lock_sql); }

void Transaction::commit() {
  const auto watched = implementation_->watch();
  translated([&] { implementation_->work.commit(); }, true);
}

Store::Connection::Connection(const std::string& uri, const std::optional<Patience>& patience) {
  try {
    implementation_ = std::make_unique<Implementation>(uri, patience);
  } catch (const pqxx::failure& error) {
    throw connection_failure(error.what());
  }
}
Store::Connection::~Connection() = default;

std::unique_ptr<Transaction> Store::Connection::begin(Snapshot snapshot) {
  const auto watched = implementation_->watch();
  return translated([&] {
    auto implementation = std::make_unique<Transaction::Implementation>(
        implementation_->connection, implementation_->guard.get());
    if (snapshot == Snapshot::whole)
      implementation->work.exec("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    implementation->work.exec(settings);
    return std::unique_ptr<Transaction>(new Transaction(std::move(implementation)));
  });
}

void Store::Connection::execute_alone(const std::string& sql) {
  const auto watched = implementation_->watch();
  translated([&] {
    pqxx::nontransaction work(implementation_->connection);
    work.exec(sql);
  });
}

Table Store::Connection::query(const std::string& sql, const Values& parameters) {
  const auto transaction = begin();
  auto table = transaction->query(sql, parameters);
  transaction->commit();
  return table;
}

}  // namespace agreementd::storage
