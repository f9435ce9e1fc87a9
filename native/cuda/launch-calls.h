// API calls that make a device do something, by CUPTI's numbers (cupti_runtime_cbid.h, cupti_driver_cbid.h up to 13.5).
#pragma once

#include <stdint.h>

typedef struct {
  uint16_t first, last;
} CallRange;

static const CallRange runtime_launches[] = {{13, 13},   {31, 52},   {142, 145}, {160, 163}, {211, 211}, {213, 236},
                                             {243, 246}, {249, 250}, {269, 272}, {311, 312}, {430, 431}, {482, 485},
                                             {505, 506}, {509, 512}, {554, 557}};
static const CallRange driver_launches[] = {{43, 82},   {115, 117}, {216, 227}, {248, 254}, {276, 293}, {305, 307},
                                            {318, 321}, {397, 416}, {418, 433}, {442, 442}, {477, 480}, {514, 515},
                                            {652, 653}, {776, 779}, {796, 799}, {837, 840}};

enum {
  RUNTIME_LAUNCHES = sizeof runtime_launches / sizeof *runtime_launches,
  DRIVER_LAUNCHES = sizeof driver_launches / sizeof *driver_launches
};

static inline int is_within(const CallRange* ranges, int count, uint32_t function) {
  for (int k = 0; k < count; k++)
    if (function >= ranges[k].first && function <= ranges[k].last) return 1;
  return 0;
}
