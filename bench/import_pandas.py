"""The pandas peer of the `import` bench: argv holds the layout and the file; answers like importSide.ts."""

import json
import resource
import sys
import time

import pandas as pd

layout, file = sys.argv[1:3]
clock, cpu = time.perf_counter(), time.process_time()
table = pd.read_csv(file)
values = table.iloc[:, (1 if layout == "wide" else 2) :]
total = float(values.sum().sum())
print(json.dumps({"version": pd.__version__, "seconds": time.perf_counter() - clock, "cpu": time.process_time() - cpu, "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, "sum": total}))
