#include "tests/integration/postgres.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/result.h"
#include "storage/connection.h"
#include "storage/schema.h"

// libpqxx 6 loses one PGresult with each connection that breaks under a statement, which a test
// does. The leak sanitizer asks for this function by name; without it nobody does.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx-6"; }

namespace agreementd::testing {
namespace {

/// The process that holds the cluster. It ends the cluster when it can no longer read from us, so a
/// test program that crashes or is killed leaves nothing either.
class Holder {
 public:
  explicit Holder(const std::string& directory) {
    std::array<int, 2> to_holder{};
    std::array<int, 2> from_holder{};
    if (pipe2(to_holder.data(), O_CLOEXEC) != 0 || pipe2(from_holder.data(), O_CLOEXEC) != 0)
      throw std::runtime_error("no pipes");
    child_ = fork();
    if (child_ == 0) {
      setpgid(0, 0);  // Ctrl-C is for the tests: the holder sees their end
      dup2(to_holder[0], STDIN_FILENO);
      dup2(from_holder[1], STDOUT_FILENO);
      const char* script = AGREEMENTD_SOURCE_DIR "/scripts/private-postgres";
      execl(script, script, "hold", directory.c_str(), nullptr);
      _exit(127);
    }
    close(to_holder[0]);
    close(from_holder[1]);
    input_ = to_holder[1];
    read_uri(from_holder[0]);
    close(from_holder[0]);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() {
    close(input_);
    waitpid(child_, nullptr, 0);
  }
  [[nodiscard]] const std::string& uri() const { return uri_; }

 private:
  void read_uri(int descriptor) {
    char c = 0;
    while (read(descriptor, &c, 1) == 1 && c != '\n') uri_ += c;
  }
  pid_t child_ = -1;
  int input_ = -1;
  std::string uri_;
};

std::string temporary_directory() {
  std::string path = (std::filesystem::temp_directory_path() / "agreementd-test-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary directory");
  return path;
}

}  // namespace

std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const auto size = fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), size);
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << output;
  return output;
}

Cluster& Cluster::get() {
  static Cluster cluster;
  return cluster;
}

Cluster::Cluster() {
  static const Holder holder(temporary_directory());
  const auto place = holder.uri().find("?host=");
  if (place == std::string::npos) throw std::runtime_error("no private PostgreSQL: see above");
  socket_ = holder.uri().substr(place + 6);
  make_template();
}

void Cluster::make_template() {
  storage::Store store(uri("agreementd", "postgres"));
  storage::setup(store);
  const auto transaction = store.connection().begin();
  transaction->execute("CREATE ROLE reader LOGIN IN ROLE agreementd_reader");
  transaction->commit();
}

std::string Cluster::uri(const std::string& database, const std::string& user) const {
  return "postgresql://" + user + "@/" + database + "?host=" + socket_;
}

std::string Cluster::create_database(bool with_schema) {
  auto name = "test" + std::to_string(++databases_);
  std::string statements;
  for (const auto& left : std::exchange(left_, {}))
    statements += " -c 'DROP DATABASE " + left + " WITH (FORCE)'";
  statements +=
      " -c 'CREATE DATABASE " + name + " TEMPLATE " + (with_schema ? "agreementd'" : "template0'");
  output_of("psql -X -q -v ON_ERROR_STOP=1 -h " + socket_ + " -U postgres -d postgres" +
            statements);
  return name;
}

void Cluster::drop_database(const std::string& name) { left_.push_back(name); }

DatabaseTest::DatabaseTest()
    : database_(Cluster::get().create_database()), store_(uri("agreementd_writer")) {}
DatabaseTest::~DatabaseTest() { Cluster::get().drop_database(database_); }

std::string DatabaseTest::uri(const std::string& user) const {
  return Cluster::get().uri(database_, user);
}

storage::Store DatabaseTest::connect(const std::string& user) const {
  return storage::Store(uri(user));
}

std::string DatabaseTest::ask(storage::Store& store, const std::string& sql) {
  return store.connection().query(sql).rows.at(0).at(0).value_or("NULL");
}

void DatabaseTest::run(storage::Store& store, const std::string& sql) {
  const auto transaction = store.connection().begin();
  transaction->execute(sql);
  transaction->commit();
}

std::map<std::string, int> DatabaseTest::row_counts() {
  auto store = connect("postgres");
  std::map<std::string, int> counts;
  for (const auto& row :
       store.connection()
           .query("SELECT tablename FROM pg_tables WHERE schemaname = 'agreementd'")
           .rows)
    counts[*row[0]] = std::stoi(ask(store, "SELECT count(*) FROM agreementd." + *row[0]));
  return counts;
}

std::string DatabaseTest::refusal(storage::Store& store, const std::string& sql) {
  try {
    run(store, sql);
    return "";
  } catch (const Failure& failure) {
    return failure.what();
  }
}

}  // namespace agreementd::testing
