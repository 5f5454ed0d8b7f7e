"""Times numpy's single-precision matrix product, which OpenBLAS computes."""
import time
import numpy as np

rng = np.random.default_rng(1)
for m, k, n in [(1, 768, 3072), (64, 768, 3072), (512, 512, 512), (512, 768, 3072)]:
    a = rng.standard_normal((m, k), dtype=np.float32)
    b = rng.standard_normal((k, n), dtype=np.float32)
    c = np.empty((m, n), dtype=np.float32)
    np.matmul(a, b, out=c)
    best = 0.0
    end = time.time() + 1
    while time.time() < end:
        start = time.perf_counter()
        np.matmul(a, b, out=c)
        best = max(best, 2e-9 * m * k * n / (time.perf_counter() - start))
    print(f"openblas {m}x{k}x{n:<10} {best:7.1f} GFLOP/s")
