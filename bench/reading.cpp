// What a question costs the server, and whether a longer history makes it slower: a generated
// history is folded and stored, with as many editions as the real lists had in 2025, with ten and
// with a hundred times as many. The argument is how often a list is published, `editions` how many
// of those differ: there is more noise than in the real lists, or in a history that long most would
// be printed as they were. The longest takes minutes to fold: select with --benchmark_filter. The
// time is the server's own, without planning the outer statement.
#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "model/clock.h"
#include "parsers/dating.h"
#include "storage/connection.h"
#include "storage/store.h"
#include "tests/generator/noise.h"
#include "tests/generator/read_back.h"
#include "tests/integration/postgres.h"
#include "tracking/refold.h"

namespace agreementd::bench {
namespace {

/// The evidence of a generated history, and what its fold says.
struct Generated {
  std::vector<Document> documents;
  std::vector<Fetch> fetches;
  Difference difference;
};

Generated generate(int editions) {
  const auto world =
      generator::make_world({.seed = 1, .agreements = 1400, .editions = editions / 2});
  const auto noise = generator::Noise::as_measured().times(5);
  Generated generated;
  std::map<Sha256, std::size_t> numbers;
  std::vector<tracking::DatedSighting> sightings;
  generator::Press press(world, noise, 1);
  while (const auto publication = press.next()) {
    auto sighting = generator::sighting_of(*publication, generator::reading_of(publication->text));
    numbers.emplace(sighting.document, publication->number);
    generated.documents.push_back({sighting.document, generator::stand_in(*publication)});
    Fetch fetch;
    fetch.at = sighting.seen_at;
    fetch.url = fetch.file_name = sighting.file_name;
    fetch.document = sighting.document;
    generated.fetches.push_back(std::move(fetch));
    const auto dating = parsers::date_sighting(sighting);
    sightings.push_back({std::move(sighting), dating});
  }
  const auto arranged = tracking::arrange(std::move(sightings), {});
  generator::SecondReading again(world, noise, 1, generator::order_of(arranged, numbers));
  generated.difference =
      tracking::refold({}, arranged, [&](std::size_t) -> const Reading& { return again.next(); },
                       {}, {})
          .difference;
  return generated;
}

/// A database with a history of so many editions; made once.
storage::Store& stored(int editions) {
  static std::map<int, storage::Store> stores;
  const auto known = stores.find(editions);
  if (known != stores.end()) return known->second;
  const auto generated = generate(editions);
  auto& cluster = testing::Cluster::get();
  storage::Store store(cluster.uri(cluster.create_database(), "postgres"));
  store.add_evidence(generated.documents, generated.fetches);
  const auto consequences = store.begin_consequences();
  consequences->write(generated.difference, SystemClock().now(), {1, {}});
  consequences->commit();
  const auto transaction = store.connection().begin();
  transaction->execute("ANALYZE");
  transaction->commit();
  return stores.emplace(editions, std::move(store)).first->second;
}

/// A number behind a label in EXPLAIN's account of the statement; 0 where there is none.
double number_after(const storage::Table& plan, std::string_view label) {
  for (const auto& row : plan.rows)
    if (const auto at = row[0]->find(label); at != std::string::npos)
      return std::stod(row[0]->substr(at + label.size()));
  return 0;
}

std::vector<std::string> column(storage::Store& store, const std::string& sql) {
  std::vector<std::string> values;
  for (const auto& row : store.connection().query(sql).rows) values.push_back(*row[0]);
  return values;
}

void ask(benchmark::State& state, const std::string& values, const std::string& question) {
  auto& store = stored(static_cast<int>(state.range(0)));
  const auto asked = column(store, values);
  std::size_t next = 0;
  double rows = 0;
  for (auto iteration : state) {
    const auto sql = fmt::format(fmt::runtime(question), asked[next++ % asked.size()]);
    const auto plan = store.connection().query("EXPLAIN (ANALYZE, TIMING OFF, SUMMARY) " + sql);
    state.SetIterationTime(number_after(plan, "Execution Time: ") / 1000);
    rows += number_after(plan, "actual rows=");
  }
  state.counters["rows"] = benchmark::Counter(rows, benchmark::Counter::kAvgIterations);
  for (const auto* table : {"editions", "versions", "entries"})
    state.counters[table] =
        std::stod(column(store, std::string("SELECT count(*) FROM agreementd.") + table).at(0));
}

void listed_on_any_day(benchmark::State& state) {
  ask(state,
      "SELECT DISTINCT date FROM agreementd.edition_log WHERE status = 'accepted'"
      " ORDER BY date",
      "SELECT * FROM agreementd.agreements_as_of('{}')");
}

void log_of_any_agreement(benchmark::State& state) {
  ask(state, "SELECT DISTINCT agreement_id FROM agreementd.change_log ORDER BY 1",
      "SELECT * FROM agreementd.agreement_log('{}')");
}

BENCHMARK(listed_on_any_day)
    ->Arg(200)
    ->Arg(2000)
    ->Arg(55000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(log_of_any_agreement)
    ->Arg(200)
    ->Arg(55000)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace agreementd::bench

BENCHMARK_MAIN();
