#include "names.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

typedef struct {
  char* text;
  uint32_t hash;
  uint32_t id;
} Name;

static Name* names;
static uint32_t slots, known;

static int grow(void) {
  const uint32_t wider = slots ? 2 * slots : FIRST_SLOTS;
  Name* fresh = calloc(wider, sizeof *fresh);
  if (fresh == NULL) return 0;
  for (uint32_t k = 0; k < slots; k++) {
    if (names[k].text == NULL) continue;
    uint32_t slot = names[k].hash & (wider - 1);
    while (fresh[slot].text != NULL) slot = (slot + 1) & (wider - 1);
    fresh[slot] = names[k];
  }
  free(names);
  names = fresh;
  slots = wider;
  return 1;
}

// FNV-1a
static uint32_t hash_of(const char* text, size_t length) {
  uint32_t hash = 2166136261u;
  for (size_t k = 0; k < length; k++) hash = (hash ^ (uint8_t)text[k]) * 16777619u;
  return hash;
}

static int is_same(const Name* name, const char* text, uint32_t length, uint32_t hash) {
  return name->hash == hash && strncmp(name->text, text, length) == 0 && name->text[length] == '\0';
}

uint32_t name_number(const char* text, uint32_t length, int* is_new) {
  const uint32_t hash = hash_of(text, length);
  if (2 * known >= slots && !grow()) return 0;
  uint32_t slot = hash & (slots - 1);
  for (; names[slot].text != NULL; slot = (slot + 1) & (slots - 1))
    if (is_same(&names[slot], text, length, hash)) return names[slot].id;
  char* copy = malloc(length + 1);
  if (copy == NULL) return 0;
  memcpy(copy, text, length);
  copy[length] = '\0';
  names[slot] = (Name){copy, hash, ++known};
  *is_new = 1;
  return known;
}

void forget_names(void) {
  for (uint32_t k = 0; k < slots; k++) free(names[k].text);
  free(names);
  names = NULL;
  slots = known = 0;
}
