#!/usr/bin/env bash
# Compares the matrix multiplication of package simd with OpenBLAS, both on the
# same machine in one run. On Debian:
#   apt-get install python3-numpy libopenblas0-pthread
# Use: internal/simd/bench/run.sh
set -eu
cd "$(dirname "$0")/../../.."
for threads in 1 2; do
  echo "== $threads thread(s)"
  OPENBLAS_NUM_THREADS=$threads /usr/bin/python3 internal/simd/bench/openblas.py
  GOMAXPROCS=$threads go test ./internal/simd -run '^$' -bench MatMul -benchtime 1s |
    awk '/^Benchmark/ { sub(/^BenchmarkMatMul\//, ""); sub(/-[0-9]+ /, " "); printf "simd     %-16s %7.1f GFLOP/s\n", $1, $(NF-1) }'
done
