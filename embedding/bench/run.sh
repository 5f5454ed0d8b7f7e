#!/usr/bin/env bash
# Skip-gram with negative sampling, here and by gensim (Debian: python3-gensim), on
# the same text: embedding/bench/run.sh TEXT
set -euo pipefail
text=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
for threads in 1 2; do
  OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 /usr/bin/python3 "$here/gensim_words.py" "$text" "$threads"
  ONEWORD_TEXT="$text" go test "$here/.." -run '^$' -bench "SkipGram/threads=$threads\$" -benchtime 1x | grep words/s
done
