// A program that uses CUDA (the stub's): its arguments are what it does, in their order. It knows nothing of the hook,
// unless compiled with -DIN_PROCESS and the hook's sources; marks its steps by NVTX where compiled with -DWITH_NVTX.

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef WITH_NVTX
#include <nvtx3/nvToolsExt.h>
#endif
#ifdef IN_PROCESS
#include "cuda/hook.h"
#endif

typedef int (*Launch)(const char*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**, void**);

static Launch launch;
static int (*initialize)(unsigned), (*synchronize)(void), (*launch_graph)(void*, void*);
static char** arguments;

static void* function(const char* name) {
  void* library = dlopen("libcuda.so.1", RTLD_NOW);
  void* found = library ? dlsym(library, name) : NULL;
  if (!found) {
    fprintf(stderr, "client: no %s\n", name);
    exit(3);
  }
  return found;
}

static void* run_initialize(void* nothing) {
  if (initialize(0) != 0) exit(4);
  return nothing;
}

// All threads at once, none of them first.
static void init(int threads) {
  pthread_t id[16];
  initialize = function("cuInit");
  launch = (Launch)function("cuLaunchKernel");
  synchronize = function("cuCtxSynchronize");
  launch_graph = function("cuGraphLaunch");
  for (int k = 0; k < threads; k++) pthread_create(&id[k], NULL, run_initialize, NULL);
  for (int k = 0; k < threads; k++) pthread_join(id[k], NULL);
}

static void begin_step(int step) {
#ifdef WITH_NVTX
  char name[32];
  snprintf(name, sizeof name, "step %d", step);
  nvtxRangePushA(name);
#endif
#ifdef IN_PROCESS
  hook_push_step((uint64_t)step);
#endif
  (void)step;
}

static void end_step(void) {
#ifdef IN_PROCESS
  hook_pop_step();
#endif
#ifdef WITH_NVTX
  nvtxRangePop();
#endif
}

typedef struct {
  int thread, steps, kernels;
} Task;

// What a kernel belongs to is written into its grid: x the step plus one, y the thread plus one, z the kernel plus one.
static void* run_steps(void* pointer) {
  const Task* task = pointer;
  for (int step = 0; step < task->steps; step++) {
    begin_step(step);
    for (int k = 0; k < task->kernels; k++)
      launch(k % 2 ? "_ZN5model6kernelIfEEvPT_i" : "_Z4axpyfPfS_", (unsigned)step + 1, (unsigned)task->thread + 1, (unsigned)k + 1,
             128, 2, 1, 96, (void*)(uintptr_t)(task->thread + 7), NULL, NULL);
    end_step();
    if (task->kernels > 0 && step % 16 == 15) usleep(300);
  }
  return NULL;
}

static void steps(const char* text) {
  Task tasks[16];
  pthread_t id[16];
  int threads = 1, count = 1, kernels = 1;
  sscanf(text, "%d:%d:%d", &threads, &count, &kernels);
  for (int k = 0; k < threads; k++) {
    tasks[k] = (Task){k, count, kernels};
    pthread_create(&id[k], NULL, run_steps, &tasks[k]);
  }
  for (int k = 0; k < threads; k++) pthread_join(id[k], NULL);
}

static void copies(void) {
  char memory[16];
  ((int (*)(uint64_t, const void*, size_t))function("cuMemcpyHtoD_v2"))(0, memory, 1001);
  ((int (*)(void*, uint64_t, size_t))function("cuMemcpyDtoH_v2"))(memory, 0, 2002);
  ((int (*)(uint64_t, uint64_t, size_t))function("cuMemcpyDtoD_v2"))(0, 0, 5000000000u);
  ((int (*)(uint64_t, void*, uint64_t, void*, size_t))function("cuMemcpyPeer"))(0, NULL, 0, NULL, 3003);
  ((int (*)(uint64_t, unsigned char, size_t))function("cuMemsetD8_v2"))(0, 0, 4004);
}

static void ranges(void) {
#ifdef WITH_NVTX
  const nvtxDomainHandle_t domain = nvtxDomainCreateA("model");
  nvtxEventAttributes_t event = {0};
  event.version = NVTX_VERSION;
  event.size = NVTX_EVENT_ATTRIB_STRUCT_SIZE;
  event.messageType = NVTX_MESSAGE_TYPE_ASCII;
  event.message.ascii = "plain";
  nvtxDomainRangePushEx(domain, &event);
  event.messageType = NVTX_MESSAGE_TYPE_REGISTERED;
  event.message.registered = nvtxDomainRegisterStringA(domain, "registered");
  nvtxDomainRangePushEx(domain, &event);
  nvtxDomainRangePop(domain);
  nvtxDomainRangePop(domain);
  const nvtxRangeId_t one = nvtxRangeStartA("one"), two = nvtxRangeStartA("two");
  nvtxRangeEnd(one);
  nvtxRangeEnd(two);
  nvtxRangePushW(L"wide");
  nvtxRangePop();
  nvtxMarkA("mark");
#endif
}

static void* leave(void* nothing) {
  exit(0);
  return nothing;
}

// More marks than any buffer holds, then `exit`: the child leaves as it is; `exec`: it becomes a program that launches two kernels.
static void start_child(const char* how) {
  const pid_t child = fork();
  if (child == 0) {
    for (int k = 0; k < 6000; k++) begin_step(99), end_step();
    usleep(450000);
    if (!strcmp(how, "exec")) execl("/proc/self/exe", arguments[0], "init:1", "steps:1:1:2", "sync", (char*)NULL);
    exit(0);
  }
  printf("child %d\n", child);
  fflush(stdout);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) exit(5);
}

#ifdef IN_PROCESS
static void start(const char* file) {
  HookState state;
  hook_start(file, getenv("CLIENT_MODE") ? atoi(getenv("CLIENT_MODE")) : HOOK_KERNELS, &state);
  printf("stage %d code %d %s\n", state.stage, state.code, state.message);
}
#endif

static void act(const char* what) {
  const char* colon = strchr(what, ':');
  const char* rest = colon ? colon + 1 : "";
  const size_t length = colon ? (size_t)(colon - what) : strlen(what);
  pthread_t thread;
#define IS(name) (length == strlen(name) && !strncmp(what, name, length))
  if (IS("init")) init(atoi(rest));
  else if (IS("steps")) steps(rest);
  else if (IS("copies")) copies();
  else if (IS("ranges")) ranges();
  else if (IS("graph")) launch_graph((void*)(uintptr_t)atoi(rest), (void*)7);
  else if (IS("sync")) synchronize();
  else if (IS("wait")) usleep((unsigned)atoi(rest) * 1000);
  else if (IS("kill")) raise(SIGKILL);
  else if (IS("term")) raise(SIGTERM);
  else if (IS("fork")) start_child(rest);
  else if (IS("exec")) execl("/proc/self/exe", arguments[0], "init:1", "steps:1:1:2", "sync", (char*)NULL);
  else if (IS("leave")) pthread_create(&thread, NULL, leave, NULL), pause();
#ifdef IN_PROCESS
  else if (IS("start")) start(rest);
  else if (IS("flush")) hook_flush(atoi(rest));
  else if (IS("stop")) hook_stop();
#endif
  else exit(2);
}

int main(int count, char** values) {
  arguments = values;
  for (int k = 1; k < count; k++) act(values[k]);
  return 0;
}
