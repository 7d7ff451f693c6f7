#pragma once

// CPython's API: the only place that includes it. Never PyGILState_Ensure: it enters the wrong
// interpreter once a thread has served several; interpreter.h has what takes its place.

#ifndef PY_SSIZE_T_CLEAN
#define PY_SSIZE_T_CLEAN
#endif
#include <Python.h>

#include <structmember.h>
