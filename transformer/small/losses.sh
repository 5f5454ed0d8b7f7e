#!/usr/bin/env bash
# The losses of the first steps of two trainings by PyTorch, in float32 on the processor, for
# cmd/essay/testdata/losses.json: `essay train gpt` must have the same (TestLosses). Twenty steps of
# a small net, and two of the net that is shipped. Needs python3 with torch and numpy.
# Use: transformer/small/losses.sh [PYTHON [TORCHRUN]]; with TORCHRUN by two processes.
set -eu
cd "$(dirname "$0")/../.."
python=${1:-python3}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
gunzip -c data/texts/tom-sawyer.txt.gz >"$dir/novel.txt"
go build -o "$dir/essay" ./cmd/essay
losses() { # NAME FLAGS
  mkdir "$dir/$1"
  cp transformer/small/model/vocab.json transformer/small/model/merges.txt "$dir/$1"
  # shellcheck disable=SC2086
  "$dir/essay" train gpt -prepare -out "$dir/$1" -corpus "$dir/novel.txt=3,data/texts/cat.txt=1" -heldout data/texts/dog.txt $2 >&2
  CUDA_VISIBLE_DEVICES= ${3:-$python} transformer/small/train.py "$dir/$1" --losses "$(grep -o '"steps": [0-9]*' "$dir/$1/recipe.json" | grep -o '[0-9]*')"
}
printf '{"small": %s,\n "full": %s}\n' \
  "$(losses small '-context 64 -width 64 -blocks 2 -heads 4 -steps 20 -batch 8 -warmup 5' "${2:+$2 --nproc-per-node 2}")" \
  "$(losses full '-steps 2 -batch 2 -warmup 1')"
