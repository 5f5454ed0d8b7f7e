"""Words a second of gensim's skip-gram, which is in C, on the text and with the
settings of embedding's BenchmarkSkipGram."""
import re
import sys
import time

from gensim.models import Word2Vec

path, threads = sys.argv[1], int(sys.argv[2])
text = open(path, encoding="utf-8").read().lower()
words = re.findall(r"[a-z]+", text)
lines = [words[i : i + 10_000] for i in range(0, len(words), 10_000)]
model = Word2Vec(sg=1, negative=5, window=5, vector_size=100, sample=1e-3, alpha=0.025, min_alpha=0.0000025,
                 min_count=5, max_final_vocab=22_000, workers=threads, seed=1, batch_words=10_000)
model.build_vocab(lines)
start = time.perf_counter()
model.train(lines, total_examples=len(lines), epochs=1)
took = time.perf_counter() - start
print(f"gensim, {threads} threads: {len(words) / took:,.0f} words/s of {len(words):,}, {len(model.wv)} of them kept")
