// A program that marks ranges through a table of its own, as NVTX hands it to a tool, and ends or misbehaves as its
// arguments say: what a hook in it has to survive without a word.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

typedef void (*AnyFunction)(void);
enum { CORE = 1, PUSH = 9, POP = 11, FUNCTIONS = 16 };

static AnyFunction functions[FUNCTIONS];
static AnyFunction* table[FUNCTIONS];

static int get_functions(int module, AnyFunction*** found, unsigned* count) {
  if (module != CORE) return 0;
  *found = table;
  *count = FUNCTIONS;
  return 1;
}

static const void* get_export_table(uint32_t id) {
  static const struct {
    size_t size;
    int (*get)(int, AnyFunction***, unsigned*);
  } exported = {sizeof exported, get_functions};
  return id == 1 ? &exported : NULL;
}

static void attach(void) {
  for (int k = 1; k < FUNCTIONS; k++) table[k] = &functions[k];
  void* library = dlopen(getenv("NVTX_INJECTION64_PATH"), RTLD_NOW);
  int (*initialize)(const void* (*)(uint32_t)) = NULL;
  if (library) *(void**)&initialize = dlsym(library, "InitializeInjectionNvtx2");
  printf("attached %d\n", initialize ? initialize(get_export_table) : -1);
  fflush(stdout);
  dlclose(library);
}

static void mark(const char* name) {
  if (functions[PUSH]) ((int (*)(const char*))functions[PUSH])(name);
  if (functions[POP]) ((int (*)(void))functions[POP])();
}

static void mark_times(int count) {
  for (int k = 0; k < count; k++) mark("mark");
}

// Names as of instances of templates of templates: alike but for their ends.
static void mark_long(size_t length) {
  char* name = malloc(length + 1);
  memset(name, 'x', length);
  for (char end = 'a'; end <= 'c'; end++) {
    name[length - 1] = end;
    name[length] = '\0';
    mark(name);
  }
  free(name);
}

static void on_alarm(int signal) {
  (void)signal;
  mark("mark");
}

// Marks in a handler that interrupts marks, some thousand times.
static void storm(int milliseconds) {
  const struct itimerval every = {{0, 50}, {0, 50}}, never = {{0, 0}, {0, 0}};
  struct timespec begin, now;
  signal(SIGALRM, on_alarm);
  mark("mark");
  clock_gettime(CLOCK_MONOTONIC, &begin);
  setitimer(ITIMER_REAL, &every, NULL);
  do {
    mark_times(100);
    clock_gettime(CLOCK_MONOTONIC, &now);
  } while ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 < milliseconds);
  setitimer(ITIMER_REAL, &never, NULL);
}

// The first place to be cancelled at is a write of the hook's, were it one.
static void* mark_forever(void* nothing) {
  for (int k = 0;; k++) {
    mark("cancelled");
    if (k % 20000 == 19999) pthread_testcancel();
  }
  return nothing;
}

static void cancel_threads(int count) {
  for (int k = 0; k < count; k++) {
    pthread_t thread;
    pthread_create(&thread, NULL, mark_forever, NULL);
    usleep(2000);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
  }
}

// Marks more than a buffer holds in a child that no library hears of.
static void start_bare_child(void) {
  const pid_t child = (pid_t)syscall(SYS_fork);
  if (child == 0) {
    for (int k = 0; k < 6000; k++) mark("child");
    exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) exit(5);
}

// A file of the program takes the number that the trace had.
static void close_all(const char* path) {
  for (int k = 3; k < 256; k++) close(k);
  for (int k = 0; k < 16; k++)
    if (open(path, O_WRONLY | O_CREAT | O_APPEND, 0644) < 0) exit(6);
}

static void limit_files(rlim_t bytes) {
  const struct rlimit limit = {bytes, bytes};
  setrlimit(RLIMIT_FSIZE, &limit);
}

int main(int count, char** values) {
  for (int k = 1; k < count; k++) {
    const char* colon = strchr(values[k], ':');
    const char* rest = colon ? colon + 1 : "";
#define IS(name) (!strncmp(values[k], name, strlen(name)))
    if (IS("attach")) attach();
    else if (IS("mark")) mark_times(atoi(rest));
    else if (IS("long")) mark_long((size_t)atol(rest));
    else if (IS("wait")) usleep((unsigned)atoi(rest) * 1000);
    else if (IS("storm")) storm(atoi(rest));
    else if (IS("cancel")) cancel_threads(atoi(rest));
    else if (IS("bare")) start_bare_child();
    else if (IS("close")) close_all(rest);
    else if (IS("limit")) limit_files((rlim_t)atol(rest));
    else if (IS("exec")) execl("/proc/self/exe", values[0], "attach", "mark:2", (char*)NULL);
    else if (IS("quick")) quick_exit(0);
    else if (IS("_exit")) _exit(0);
    else return 2;
  }
  return 0;
}
