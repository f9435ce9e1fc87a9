// A thread that calls hook_flush(0) regularly.
#pragma once

void flusher_start(void);
void flusher_stop(void);

// In the child of a fork, which has no such thread.
void flusher_forget(void);
