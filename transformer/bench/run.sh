#!/usr/bin/env bash
# GPT-2 with 124 million random weights, generating with a cache, and the
# training of a small GPT (width 256, 6 blocks, vocabulary 8,192, batches of
# 8×256), in PyTorch and here, on the same machine in one run. On Debian:
#   apt-get install python3-torch python3-numpy libopenblas0-pthread
# Use: transformer/bench/run.sh
set -eu
cd "$(dirname "$0")/../.."
export OMP_NUM_THREADS=2 OPENBLAS_NUM_THREADS=2 GOMAXPROCS=2
/usr/bin/python3 transformer/bench/gpt2.py generate
/usr/bin/python3 transformer/bench/gpt2.py train
go test ./transformer -run '^$' -bench 'GPT2|TrainStep' -benchtime 3s | awk '/^Benchmark/ {
  sub(/^Benchmark/, ""); sub(/-[0-9]+$/, "", $1); line = sprintf("oneword %-22s", $1)
  for (i = 2; i < NF; i++) if ($(i + 1) ~ /tokens|%|GFLOP|load/) line = line sprintf(" %8.1f %s", $i, $(i + 1))
  print line }'
