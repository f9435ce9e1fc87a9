// Prints one row of layouts.h from NVIDIA's headers: -DKERNEL=… names the records that a CUPTI of version NAME writes.

#include <cupti.h>
#include <stddef.h>
#include <stdio.h>

#include "layout-fields.h"

typedef KERNEL Layout_kernel;
typedef COPY Layout_copy;
typedef PEER Layout_peer;
typedef SET Layout_set;
typedef CUpti_ActivityAPI Layout_api;
typedef CUpti_ActivityExternalCorrelation Layout_external;

int main(void) {
  printf("{\"" NAME "\", %d, {", API);
#define OFFSET(record, field) printf("%d, ", (int)offsetof(Layout_##record, field));
  LAYOUT_FIELDS(OFFSET)
#define SIZE(record) printf("%d, ", (int)sizeof(Layout_##record));
  LAYOUT_RECORDS(SIZE)
  printf("}},\n");
  return 0;
}
