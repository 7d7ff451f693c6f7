"""The application that the environment variable APPLICATION names, inside wsgiref.validate."""

import importlib
import os
from wsgiref.validate import validator

application = validator(importlib.import_module(os.environ["APPLICATION"]).application)
