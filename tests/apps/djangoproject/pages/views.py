import hashlib

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.csrf import csrf_exempt


def count(request):
    request.session["count"] = request.session.get("count", 0) + 1
    return JsonResponse({"count": request.session["count"], "user": str(request.user)})


@csrf_exempt
def upload(request):
    file = request.FILES["file"]
    name = default_storage.save(file.name, file)
    found = hashlib.sha256()
    with default_storage.open(name) as stored:
        while block := stored.read(1 << 16):
            found.update(block)
    return JsonResponse({"name": name, "size": file.size, "sha256": found.hexdigest(),
                         "title": request.POST["title"]})


def download(request, name):
    return FileResponse(open(settings.MEDIA_ROOT / name, "rb"), as_attachment=True)


def stream(request, blocks):
    return StreamingHttpResponse((f"block {number}\n" for number in range(blocks)),
                                 content_type="text/plain")


def broken(request):
    raise RuntimeError("broken on purpose")
