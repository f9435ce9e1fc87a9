// The trace file: records go through one buffer under one lock, from any thread. Nothing of CUPTI is called under it.
#pragma once

#include <stddef.h>

#include "trace-format.h"

// Creates the file (0 on success, else errno); exclusive: fails where it exists.
int sink_open(const char* path, int exclusive);
int sink_is_open(void);

// Open, by this process, and still that file: programs that close all of theirs get its number for another one, and a
// child of a bare clone has its parent's.
int sink_is_ours(void);

// Appends a record with `length` bytes of text behind it, padded; the sizes in its head are filled in here.
void sink_text(TraceRecord* record, uint16_t kind, uint32_t bytes, const char* text, uint32_t length);

// Appends whole records.
void sink_append(const void* records, size_t bytes);

// To the file, whatever is buffered.
void sink_write(void);
void sink_close(void);

// Bytes that could not be written: a full disk.
uint64_t sink_lost(void);

// A number for a text, written down when it is new; 0 for none.
uint32_t sink_name(const char* text);

// In the child of a fork, which shares the file with its parent: forgets everything, writes nothing.
void sink_forget(void);
