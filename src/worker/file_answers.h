#pragma once

// Answers with files: those of a route, of folders their pages or a listing. Network thread.

#include <string_view>

#include "connection/exchange.h"
#include "files/find.h"
#include "worker/request_context.h"
#include "worker/site.h"

namespace forkloom::worker {

class FileAnswers {
 public:
  explicit FileAnswers(Site& site) : site_(site) {}

  // context.route is a file's. false: a folder's page is an application's, to which context.route
  // now leads; nothing is answered.
  bool answer(connection::Exchange& exchange, RequestContext& context);

 private:
  void answer_file(connection::Exchange& exchange, RequestContext& context,
                   const routing::Route& route, files::Found found);
  bool answer_folder(connection::Exchange& exchange, RequestContext& context, files::Found folder);
  void refuse(connection::Exchange& exchange, const RequestContext& context,
              const files::Found& found);

  Site& site_;
};

}  // namespace forkloom::worker
