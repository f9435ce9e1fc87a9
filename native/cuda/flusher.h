// A thread that calls hook_flush(0) regularly.
#pragma once

void flusher_start(void);

// 0 where it does not come back.
int flusher_stop(void);

// In the child of a fork, which has no such thread.
void flusher_forget(void);
