// The thread that flushes five times a second, so that what was recorded is on the disk whatever becomes of the program.

#include "flusher.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "hook.h"

enum { FLUSH_MILLISECONDS = 200, PATIENCE_MILLISECONDS = 10000 };

static pthread_t flusher;
static pthread_mutex_t flusher_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t flusher_wake;
static int flusher_runs, flusher_stops, flusher_ended;

// On the monotonic clock: setting the time of day neither wakes nor holds anybody.
static struct timespec in_milliseconds(long milliseconds) {
  struct timespec due;
  clock_gettime(CLOCK_MONOTONIC, &due);
  due.tv_sec += milliseconds / 1000;
  due.tv_nsec += milliseconds % 1000 * 1000000;
  if (due.tv_nsec >= 1000000000) {
    due.tv_nsec -= 1000000000;
    due.tv_sec++;
  }
  return due;
}

static void* flush_regularly(void* nothing) {
  pthread_mutex_lock(&flusher_lock);
  while (!flusher_stops) {
    const struct timespec due = in_milliseconds(FLUSH_MILLISECONDS);
    pthread_cond_timedwait(&flusher_wake, &flusher_lock, &due);
    if (flusher_stops) break;
    pthread_mutex_unlock(&flusher_lock);
    hook_flush(0);
    pthread_mutex_lock(&flusher_lock);
  }
  flusher_ended = 1;
  pthread_cond_broadcast(&flusher_wake);
  pthread_mutex_unlock(&flusher_lock);
  return nothing;
}

// With all signals blocked: handlers of the program run on threads of the program.
void flusher_start(void) {
  sigset_t all, before;
  pthread_condattr_t attributes;
  if (flusher_runs) return;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&flusher_wake, &attributes);
  pthread_condattr_destroy(&attributes);
  flusher_stops = flusher_ended = 0;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  flusher_runs = pthread_create(&flusher, NULL, flush_regularly, NULL) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int flusher_stop(void) {
  const struct timespec due = in_milliseconds(PATIENCE_MILLISECONDS);
  int waited = 0;
  if (!flusher_runs || pthread_equal(flusher, pthread_self())) return 1;
  pthread_mutex_lock(&flusher_lock);
  flusher_stops = 1;
  pthread_cond_broadcast(&flusher_wake);
  while (!flusher_ended && waited == 0) waited = pthread_cond_timedwait(&flusher_wake, &flusher_lock, &due);
  const int has_ended = flusher_ended;
  pthread_mutex_unlock(&flusher_lock);
  if (has_ended) pthread_join(flusher, NULL);
  else pthread_detach(flusher);
  flusher_runs = 0;
  return has_ended;
}

void flusher_forget(void) {
  const pthread_mutex_t unlocked = PTHREAD_MUTEX_INITIALIZER;
  flusher_lock = unlocked;
  flusher_runs = 0;
}
