from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def visits(request):
    """Counts this browser's visits in its session; POST starts over."""
    if request.method == "POST":
        request.session.flush()
        return redirect("visits")
    request.session["visits"] = request.session.get("visits", 0) + 1
    answered = {
        "process": request.META.get("forkloom.process_id", "?"),
        "thread": request.META.get("forkloom.thread_id", "?"),
    }
    return render(request, "visits.html", {"visits": request.session["visits"], **answered})
