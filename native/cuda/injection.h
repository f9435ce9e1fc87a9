// What both injected entry points share: one trace of this process, in the folder that the environment names.
#pragma once

// 1 where a trace is open afterwards. Without MDBENCH_TRACE_FOLDER nothing is done.
int open_injected_trace(void);
