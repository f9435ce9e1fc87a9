#include "socket/socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <ctime>

namespace mdbench {

namespace {

#ifdef MSG_NOSIGNAL
constexpr int quiet = MSG_NOSIGNAL | MSG_DONTWAIT;
#else
constexpr int quiet = MSG_DONTWAIT;
#endif

int64_t milliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t(now.tv_sec) * 1000 + now.tv_nsec / 1000000;
}

/** True when the descriptor is ready or broken; false when the time is over. */
bool wait(int descriptor, short events, int64_t deadline) {
  for (;;) {
    const int64_t left = deadline - milliseconds();
    pollfd asked{descriptor, events, 0};
    const int ready = poll(&asked, 1, left > 0 ? int(left) : 0);
    if (ready > 0) return true;
    if (ready == 0 || errno != EINTR) return false;
  }
}

bool is_pending(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

int64_t receive(int descriptor, uint8_t* bytes, size_t least, size_t most, int timeout) {
  size_t count = 0;
  int64_t deadline = -1;
  while (count < least) {
    const ssize_t got = recv(descriptor, bytes + count, most - count, MSG_DONTWAIT);
    if (got > 0) {
      count += size_t(got);
    } else if (got == 0) {
      return -1 - int64_t(count);
    } else if (is_pending(errno)) {
      if (deadline < 0) deadline = milliseconds() + timeout;
      if (!wait(descriptor, POLLIN, deadline)) return int64_t(count);
    } else if (errno != EINTR) {
      return -1 - int64_t(count);
    }
  }
  return int64_t(count);
}

int64_t transmit(int descriptor, const uint8_t* bytes, size_t length, int timeout) {
  size_t count = 0;
  int64_t deadline = -1;
  while (count < length) {
    const ssize_t put = send(descriptor, bytes + count, length - count, quiet);
    if (put >= 0) {
      count += size_t(put);
    } else if (is_pending(errno)) {
      if (deadline < 0) deadline = milliseconds() + timeout;
      if (!wait(descriptor, POLLOUT, deadline)) return int64_t(count);
    } else if (errno != EINTR) {
      return -1 - int64_t(count);
    }
  }
  return int64_t(count);
}

int64_t peer_process(int descriptor) {
  sockaddr address{};
  socklen_t length = sizeof address;
  if (getsockname(descriptor, &address, &length) != 0 || address.sa_family != AF_UNIX) return -1;
#if defined(SO_PEERCRED)
  ucred peer{};
  length = sizeof peer;
  return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 ? int64_t(peer.pid) : -1;
#elif defined(LOCAL_PEERPID)
  pid_t peer = -1;
  length = sizeof peer;
  return getsockopt(descriptor, SOL_LOCAL, LOCAL_PEERPID, &peer, &length) == 0 ? int64_t(peer) : -1;
#else
  return -1;
#endif
}

}  // namespace mdbench
