#include "scoreboard/scoreboard.h"

#include <cstdlib>
#include <new>
#include <utility>

namespace forkloom::scoreboard {

// The mapping: a Header, then a ProcessRow for each process, then the ThreadRows, those of one
// process together. A zeroed mapping is a table of unused rows.
struct alignas(64) Scoreboard::Header {
  static constexpr std::uint64_t kMagic = 0x0130626b636f7266;  // changes with the layout

  std::uint64_t magic = kMagic;
  std::uint32_t processes = 0;
  std::uint32_t threads = 0;

  std::size_t threads_offset() const;
  std::size_t size() const;
};

struct alignas(64) Scoreboard::ProcessRow {
  std::atomic<ProcessState> state;
  std::atomic<std::int32_t> pid;
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free &&
              std::atomic<std::uint32_t>::is_always_lock_free &&
              std::atomic<ThreadState>::is_always_lock_free);

std::size_t Scoreboard::Header::threads_offset() const {
  return sizeof(Header) + sizeof(ProcessRow) * processes;
}

std::size_t Scoreboard::Header::size() const {
  return threads_offset() + sizeof(ThreadRow) * processes * threads;
}

Result<Scoreboard> Scoreboard::create(std::uint32_t processes, std::uint32_t threads) {
  Header header;
  header.processes = processes;
  header.threads = threads;
  auto fd = os::make_shared_file("forkloom-scoreboard", header.size());
  if (!fd) return fail(std::move(fd).error().within("scoreboard"));
  auto mapping = os::SharedMapping::map(fd->get());
  if (!mapping) return fail(std::move(mapping).error().within("scoreboard"));

  Scoreboard scoreboard;
  scoreboard.fd_ = std::move(*fd);
  scoreboard.mapping_ = std::move(*mapping);
  std::byte* const start = scoreboard.mapping_.data();
  new (start) Header(header);
  for (std::uint32_t i = 0; i < processes; ++i) {
    new (start + sizeof(Header) + sizeof(ProcessRow) * i) ProcessRow();
  }
  for (std::size_t i = 0; i < std::size_t{processes} * threads; ++i) {
    new (start + header.threads_offset() + sizeof(ThreadRow) * i) ThreadRow();
  }
  return scoreboard;
}

Result<Scoreboard> Scoreboard::map(int fd) {
  auto mapping = os::SharedMapping::map(fd);
  if (!mapping) return fail(std::move(mapping).error().within("scoreboard"));
  Scoreboard scoreboard;
  scoreboard.mapping_ = std::move(*mapping);
  if (scoreboard.mapping_.size() < sizeof(Header) || scoreboard.header().magic != Header::kMagic ||
      scoreboard.mapping_.size() != scoreboard.header().size()) {
    return fail("scoreboard: the descriptor holds none of this version");
  }
  return scoreboard;
}

const Scoreboard::Header& Scoreboard::header() const {
  return *std::launder(reinterpret_cast<const Header*>(mapping_.data()));
}

Scoreboard::ProcessRow& Scoreboard::process(std::uint32_t process) const {
  if (process >= processes()) std::abort();
  return *std::launder(reinterpret_cast<ProcessRow*>(mapping_.data() + sizeof(Header) +
                                                     sizeof(ProcessRow) * process));
}

std::uint32_t Scoreboard::processes() const { return header().processes; }
std::uint32_t Scoreboard::threads() const { return header().threads; }

const ThreadRow& Scoreboard::thread(std::uint32_t process, std::uint32_t thread) const {
  if (process >= processes() || thread >= threads()) std::abort();
  const std::size_t row = std::size_t{process} * threads() + thread;
  return *std::launder(reinterpret_cast<const ThreadRow*>(
      mapping_.data() + header().threads_offset() + sizeof(ThreadRow) * row));
}

ThreadRow& Scoreboard::thread(std::uint32_t process, std::uint32_t thread) {
  return const_cast<ThreadRow&>(std::as_const(*this).thread(process, thread));
}

void Scoreboard::set_process(std::uint32_t number, ProcessState state, std::int32_t pid) {
  process(number).pid = pid;
  process(number).state = state;
}

ProcessState Scoreboard::process_state(std::uint32_t number) const { return process(number).state; }

std::int32_t Scoreboard::process_pid(std::uint32_t number) const { return process(number).pid; }

std::vector<RunningRequest> Scoreboard::running_requests(std::uint32_t process) const {
  std::vector<RunningRequest> requests;
  for (std::uint32_t i = 0; i < threads(); ++i) {
    if (auto view = thread(process, i).view(); view.running) {
      requests.push_back(std::move(*view.running));
    }
  }
  return requests;
}

void Scoreboard::clear_process(std::uint32_t process) {
  set_process(process, ProcessState::kUnused, 0);
  for (std::uint32_t i = 0; i < threads(); ++i) thread(process, i).clear();
}

}  // namespace forkloom::scoreboard
