#include "routing/header_edits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace forkloom::routing {
namespace {

using app::Variable;
using config::HeaderEdit;
using testing::ElementsAre;
using testing::IsEmpty;
using Action = HeaderEdit::Action;

HeaderEdit edit(Action action, std::string name, std::string value = "") {
  HeaderEdit made;
  made.action = action;
  made.name = std::move(name);
  made.value = std::move(value);
  return made;
}

HeaderEdit always(HeaderEdit made) {
  made.is_always = true;
  return made;
}

HeaderEdit under(HeaderEdit made, std::string variable, bool wants_variable = true) {
  made.variable = std::move(variable);
  made.wants_variable = wants_variable;
  return made;
}

class Headers : public testing::Test {
 protected:
  std::vector<std::string> apply(const std::vector<HeaderEdit>& edits, bool is_own = false) {
    std::vector<std::string> lines;
    for (const http::Field& field : edits_.apply(edits, fields_,
                                                 {.request = request_,
                                                 .place_variables = place_variables_,
                                                 .variables = variables_,
                                                 .request_start = start_,
                                                 .now = start_ + microseconds(1500)},
                                                 is_own)) {
      lines.push_back(std::string(field.name) + ": " + std::string(field.value));
    }
    return lines;
  }
  std::string value(std::string format) {
    fields_.clear();
    return apply({edit(Action::kSet, "X", std::move(format))}).at(0).substr(3);
  }

  http::Request request_;
  std::vector<http::Field> fields_;
  std::vector<Variable> place_variables_;
  std::vector<Variable> variables_;
  WallTime start_ = WallTime(microseconds(1234567890123456));
  HeaderEdits edits_;
};

TEST_F(Headers, SetReplacesAllOfTheName) {
  fields_ = {{"A", "1"}, {"x-y", "1"}, {"B", "1"}, {"X-Y", "2"}};
  EXPECT_THAT(apply({edit(Action::kSet, "X-Y", "3"), edit(Action::kSet, "New", "n")}),
              ElementsAre("A: 1", "x-y: 3", "B: 1", "New: n"));
}

TEST_F(Headers, UnsetRemovesAllOfTheName) {
  fields_ = {{"A", "1"}, {"x-y", "1"}, {"X-Y", "2"}};
  EXPECT_THAT(apply({edit(Action::kUnset, "X-Y"), edit(Action::kUnset, "Z")}), ElementsAre("A: 1"));
}

TEST_F(Headers, AddLeavesTheOthers) {
  fields_ = {{"A", "1"}};
  EXPECT_THAT(apply({edit(Action::kAdd, "A", "2")}), ElementsAre("A: 1", "A: 2"));
}

TEST_F(Headers, AppendMakesAListOfTheFirst) {
  fields_ = {{"A", "1"}, {"a", "2"}};
  EXPECT_THAT(apply({edit(Action::kAppend, "A", "3"), edit(Action::kAppend, "B", "1"),
                     edit(Action::kAppend, "B", "2")}),
              ElementsAre("A: 1, 3", "a: 2", "B: 1, 2"));
}

TEST_F(Headers, MergeAppendsWhatNoListHas) {
  fields_ = {{"Vary", "Accept, Cookie"}, {"Vary", "Origin"}};
  EXPECT_THAT(apply({edit(Action::kMerge, "Vary", "Cookie"), edit(Action::kMerge, "Vary", "Origin"),
                     edit(Action::kMerge, "vary", "Cook"), edit(Action::kMerge, "New", "n")}),
              ElementsAre("Vary: Accept, Cookie, Cook", "Vary: Origin", "New: n"));
}

TEST_F(Headers, SetIfEmptyLeavesWhatIsThere) {
  fields_ = {{"A", "1"}};
  EXPECT_THAT(apply({edit(Action::kSetIfEmpty, "a", "2"), edit(Action::kSetIfEmpty, "B", "2")}),
              ElementsAre("A: 1", "B: 2"));
}

TEST_F(Headers, OfTheServersOwnAnswersAreEditedWithAlwaysOnly) {
  fields_ = {{"A", "1"}};
  const std::vector<HeaderEdit> edits = {always(edit(Action::kSet, "B", "always")),
                                         edit(Action::kSet, "A", "2")};
  EXPECT_THAT(apply(edits, true), ElementsAre("A: 1", "B: always"));
  EXPECT_THAT(apply(edits, false), ElementsAre("A: 2", "B: always"));
}

TEST_F(Headers, AlwaysComesAfterTheOthers) {
  EXPECT_THAT(apply({always(edit(Action::kAppend, "A", "2")), edit(Action::kSet, "A", "1")}),
              ElementsAre("A: 1, 2"));
}

TEST_F(Headers, AreTheSameObjectWhereThereIsNothingToDo) {
  fields_ = {{"A", "1"}};
  const EditSubject subject{request_, {}, {}, start_, start_};
  EXPECT_EQ(edits_.apply({}, fields_, subject, false).data(), fields_.data());
  const std::vector<HeaderEdit> on_success = {edit(Action::kSet, "A", "2")};
  EXPECT_EQ(edits_.apply(on_success, fields_, subject, true).data(), fields_.data());
}

TEST_F(Headers, AreEditedUnderAVariablesCondition) {
  place_variables_ = {{"PLACE", "1"}};
  variables_ = {{"MINE", ""}};
  EXPECT_THAT(apply({under(edit(Action::kSet, "A", "1"), "PLACE"),
                     under(edit(Action::kSet, "B", "1"), "MINE"),
                     under(edit(Action::kSet, "C", "1"), "OTHER"),
                     under(edit(Action::kSet, "D", "1"), "MINE", false),
                     under(edit(Action::kSet, "E", "1"), "OTHER", false)}),
              ElementsAre("A: 1", "B: 1", "E: 1"));
}

TEST_F(Headers, OfTheServerItselfStay) {
  fields_ = {{"Content-Length", "5"}};
  EXPECT_THAT(apply({edit(Action::kUnset, "content-length"), edit(Action::kSet, "Server", "x"),
                     edit(Action::kAdd, "DATE", "x"), edit(Action::kSet, "Connection", "close"),
                     edit(Action::kSet, "Transfer-Encoding", "chunked")}),
              ElementsAre("Content-Length: 5"));
}

TEST_F(Headers, TakeTimesAndVariablesAndFields) {
  request_.fields = {{"Host", "a.example"}, {"X-Tag", "1"}, {"x-tag", "2"}};
  place_variables_ = {{"A", "place"}, {"B", "b"}};
  variables_ = {{"A", "own"}};
  EXPECT_EQ(value("%D %t"), "D=1500 t=1234567890123456");
  EXPECT_EQ(value("%{A}e-%{B}e-%{C}e"), "own-b-(null)");
  EXPECT_EQ(value("%{HOST}i|%{X-Tag}i|%{Y}i"), "a.example|1, 2|(null)");
  EXPECT_EQ(value("100%% %{A}x %{A %l %"), "100% %{A}x %{A %l %");
}

TEST_F(Headers, OfAVariableCannotEndTheLine) {
  variables_ = {{"A", "x\r\nSet-Cookie: y\0z"}};
  EXPECT_EQ(value("%{A}e"), "x  Set-Cookie: y");
}

TEST_F(Headers, KeepTheirValuesWhileOthersAreMade) {
  std::vector<HeaderEdit> edits;
  std::vector<std::string> expected;
  for (int i = 0; i < 100; ++i) {
    edits.push_back(edit(Action::kAdd, "N" + std::to_string(i), std::to_string(i) + "%%"));
    expected.push_back("N" + std::to_string(i) + ": " + std::to_string(i) + "%");
  }
  EXPECT_EQ(apply(edits), expected);
  EXPECT_EQ(apply(edits), expected);
}

}  // namespace
}  // namespace forkloom::routing
