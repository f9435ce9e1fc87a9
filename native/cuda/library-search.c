// libcupti: one already in the process, else MDBENCH_CUPTI, else one that the driver can serve, by name or by folder.

#define _GNU_SOURCE
#include "library-search.h"

#include <dlfcn.h>
#include <glob.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver-search.h"

typedef struct {
  char cupti[512];
  char folder[512];
} Mapped;

// CUDA's libraries in a Python wheel, beside which the wheel of CUPTI lies.
static const char* const in_wheels[] = {"libcudart.so", "libtorch_cuda.so", "libcublas.so", "libcudnn.so", "libnvrtc.so"};

static int begins(const char* text, const char* with) { return strncmp(text, with, strlen(with)) == 0; }

static int note_library(struct dl_phdr_info* info, size_t size, void* data) {
  Mapped* mapped = data;
  const char* file = info->dlpi_name == NULL ? NULL : strrchr(info->dlpi_name, '/');
  (void)size;
  if (file == NULL) return 0;
  if (begins(file + 1, "libcupti.so")) snprintf(mapped->cupti, sizeof mapped->cupti, "%s", info->dlpi_name);
  for (size_t k = 0; k < sizeof in_wheels / sizeof *in_wheels && mapped->folder[0] == '\0'; k++)
    if (begins(file + 1, in_wheels[k]))
      snprintf(mapped->folder, sizeof mapped->folder, "%.*s", (int)(file - info->dlpi_name), info->dlpi_name);
  return 0;
}

static void* open_library(const char* path, char* kept, size_t size) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library != NULL) snprintf(kept, size, "%.*s", (int)size - 1, path);
  return library;
}

static void* open_matching(const char* pattern, char* kept, size_t size) {
  glob_t found;
  void* library = NULL;
  if (glob(pattern, 0, NULL, &found) == 0) {
    for (size_t k = found.gl_pathc; k-- > 0 && library == NULL;) library = open_library(found.gl_pathv[k], kept, size);
    globfree(&found);
  }
  return library;
}

static const char* const sonames[][2] = {
    {"13", "libcupti.so.13"}, {"12", "libcupti.so.12"}, {"11", "libcupti.so.11.8"}, {"11", "libcupti.so.11.7"},
    {"11", "libcupti.so.11.6"}, {"11", "libcupti.so.11.5"}, {"11", "libcupti.so.11.4"}, {"11", "libcupti.so.11.3"},
    {"11", "libcupti.so.11.2"}, {"11", "libcupti.so.11.1"}, {"11", "libcupti.so.11.0"}};
static const char* const folders[] = {"/usr/local/cuda/extras/CUPTI/lib64", "/usr/local/cuda-*/extras/CUPTI/lib64",
                                      "/usr/local/cuda/lib64", "/usr/local/cuda-*/lib64", "/usr/lib/x86_64-linux-gnu",
                                      "/opt/cuda/extras/CUPTI/lib64"};
// From the folder of one of those: nvidia/…/lib or torch/lib in site-packages.
static const char* const beside[] = {".", "../../cuda_cupti/lib", "../../nvidia/cuda_cupti/lib", "../../nvidia/cu13/lib"};

static void* search(const Mapped* mapped, uint32_t driver, char* kept, size_t size) {
  const int newest = driver == 0 ? 99 : (int)(driver / 1000);
  char path[1200];
  for (size_t s = 0; s < sizeof sonames / sizeof *sonames; s++) {
    if (atoi(sonames[s][0]) > newest) continue;
    void* library = NULL;
    for (size_t k = 0; k < sizeof beside / sizeof *beside && mapped->folder[0] != '\0' && library == NULL; k++) {
      snprintf(path, sizeof path, "%s/%s/%s", mapped->folder, beside[k], sonames[s][1]);
      library = open_library(path, kept, size);
    }
    if (library == NULL) library = open_library(sonames[s][1], kept, size);
    for (size_t k = 0; k < sizeof folders / sizeof *folders && library == NULL; k++) {
      snprintf(path, sizeof path, "%s/%s", folders[k], sonames[s][1]);
      library = open_matching(path, kept, size);
    }
    if (library != NULL) return library;
  }
  return NULL;
}

static void* open_cupti(uint32_t driver, char* kept, size_t size, HookState* state) {
  Mapped mapped = {"", ""};
  dl_iterate_phdr(note_library, &mapped);
  if (mapped.cupti[0] != '\0') {
    void* library = dlopen(mapped.cupti, RTLD_NOW | RTLD_NOLOAD);
    if (library != NULL) snprintf(kept, size, "%s", mapped.cupti);
    else hook_state(state, HOOK_CUPTI_LIBRARY, 0, "%s is in the process already and does not open", mapped.cupti);
    return library;
  }
  const char* wanted = getenv("MDBENCH_CUPTI");
  if (wanted != NULL && *wanted != '\0') {
    void* library = open_library(wanted, kept, size);
    const char* reason = library ? NULL : dlerror();
    if (library == NULL) hook_state(state, HOOK_CUPTI_LIBRARY, 0, "MDBENCH_CUPTI: %s", reason ? reason : wanted);
    return library;
  }
  void* library = search(&mapped, driver, kept, size);
  if (library == NULL) hook_state(state, HOOK_CUPTI_LIBRARY, 0, "no libcupti for CUDA %u was found", driver / 1000);
  return library;
}

// Copied, not cast: a function's address is no object's.
static void take(void* library, const char* name, void* field, const char** missing) {
  void* address = dlsym(library, name);
  if (address == NULL && missing != NULL && *missing == NULL) *missing = name;
  memcpy(field, &address, sizeof address);
}

// Returns the first function that is missing and cannot be done without; null where all are there.
static const char* take_functions(void* library, Cupti* cupti) {
  const char* missing = NULL;
  take(library, "cuptiGetVersion", &cupti->get_version, &missing);
  take(library, "cuptiGetResultString", &cupti->get_result_string, &missing);
  take(library, "cuptiGetTimestamp", &cupti->get_timestamp, &missing);
  take(library, "cuptiSubscribe", &cupti->subscribe, &missing);
  take(library, "cuptiUnsubscribe", &cupti->unsubscribe, &missing);
  take(library, "cuptiActivityRegisterCallbacks", &cupti->register_callbacks, &missing);
  take(library, "cuptiActivityEnable", &cupti->enable, &missing);
  take(library, "cuptiActivityDisable", &cupti->disable, &missing);
  take(library, "cuptiActivityFlushAll", &cupti->flush_all, &missing);
  take(library, "cuptiActivityGetNextRecord", &cupti->next_record, &missing);
  take(library, "cuptiActivityGetNumDroppedRecords", &cupti->dropped_records, NULL);
  take(library, "cuptiActivityPushExternalCorrelationId", &cupti->push_external, NULL);
  take(library, "cuptiActivityPopExternalCorrelationId", &cupti->pop_external, NULL);
  take(library, "cuptiSetThreadIdType", &cupti->set_thread_id_type, NULL);
  take(library, "cuptiActivityEnableRuntimeApi", &cupti->enable_runtime_api, NULL);
  take(library, "cuptiActivityEnableDriverApi", &cupti->enable_driver_api, NULL);
  return missing;
}

// 13 for 11.0, … 22 for 12.4; xxyyzz from 12.9 or so on.
static int major_of(uint32_t version) {
  if (version >= 100000) return (int)(version / 10000);
  return version >= 19 ? 12 : 11;
}

static int find(Libraries* found, int in_driver, HookState* state) {
  if (!find_driver(found, in_driver, state)) return 0;
  void* library = open_cupti(found->driver_version, found->path, sizeof found->path, state);
  if (library == NULL) return 0;
  const char* missing = take_functions(library, &found->cupti);
  if (missing != NULL) {
    hook_state(state, HOOK_CUPTI_SYMBOLS, 0, "%s has no %s", found->path, missing);
    return 0;
  }
  const int code = found->cupti.get_version(&found->cupti_version);
  if (code != 0) {
    const char* text = NULL;
    if (found->cupti.get_result_string(code, &text) != 0 || text == NULL) text = "no text for it";
    hook_state(state, HOOK_CUPTI_SYMBOLS, code, "cuptiGetVersion: %s (%s)", text, found->path);
    return 0;
  }
  if (found->cupti_version < ABI_VERSION_GRAPH_NODE) {
    hook_state(state, HOOK_CUPTI_SYMBOLS, 0, "%s is of API version %u; CUDA 11.0 (13) is the oldest that is read",
               found->path, found->cupti_version);
    return 0;
  }
  if (found->driver_version != 0 && major_of(found->cupti_version) > (int)(found->driver_version / 1000)) {
    hook_state(state, HOOK_DRIVER_TOO_OLD, 0, "%s is of CUDA %d, the driver serves up to CUDA %u.%u", found->path,
               major_of(found->cupti_version), found->driver_version / 1000, found->driver_version % 1000 / 10);
    return 0;
  }
  hook_state(state, HOOK_READY, 0, "%s", found->path);
  return 1;
}

// A program that asks for its own error of dlopen is not told ours.
int find_libraries(Libraries* found, int in_driver, HookState* state) {
  memset(found, 0, sizeof *found);
  const int is_found = find(found, in_driver, state);
  dlerror();
  return is_found;
}
