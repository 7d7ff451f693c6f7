#include "worker/request_queue.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace forkloom::worker {
namespace {

// The queue passes pointers and never looks behind them.
connection::Exchange* ticket(int number) {
  static char places[1024];
  return reinterpret_cast<connection::Exchange*>(&places[number]);
}

TEST(RequestQueue, GivesRequestsInTheOrderInWhichTheyCame) {
  RequestQueue queue;
  queue.push(ticket(1));
  queue.push(ticket(2));
  EXPECT_EQ(queue.pop(), ticket(1));
  EXPECT_EQ(queue.pop(), ticket(2));
}

TEST(RequestQueue, ClosingStillGivesWhatWaits) {
  RequestQueue queue;
  queue.push(ticket(1));
  queue.close();
  EXPECT_EQ(queue.pop(), ticket(1));
  EXPECT_EQ(queue.pop(), nullptr);
}

TEST(RequestQueue, EachRequestIsTakenOnceByManyThreads) {
  RequestQueue queue;
  std::atomic<int> taken = 0;
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      while (queue.pop() != nullptr) taken.fetch_add(1);
    });
  }
  for (int i = 0; i < 1000; ++i) queue.push(ticket(i));
  queue.close();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken.load(), 1000);
}

}  // namespace
}  // namespace forkloom::worker
