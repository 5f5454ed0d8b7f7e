"""GPT-2 in plain PyTorch, with random weights: generation with a cache, and training.

Use: gpt2.py generate | gpt2.py train. The number of threads is OMP_NUM_THREADS.
"""
import math, os, sys, time
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(1)
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln1, self.ln2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.joined = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, past=None):
        b, t, w = x.shape
        q, k, v = (z.view(b, t, self.heads, w // self.heads).transpose(1, 2) for z in self.qkv(self.ln1(x)).split(w, 2))
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        a = q @ k.transpose(2, 3) / math.sqrt(w // self.heads)
        if t > 1:
            n = k.shape[2]
            a = a.masked_fill(torch.ones(t, n, dtype=torch.bool).triu(n - t + 1), -math.inf)
        x = x + self.joined((a.softmax(3) @ v).transpose(1, 2).reshape(b, t, w))
        h = self.up(self.ln2(x))
        h = 0.5 * h * (1 + torch.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h * h * h)))
        return x + self.down(h), (k, v)


class GPT(nn.Module):
    def __init__(self, vocab, context, width, blocks, heads):
        super().__init__()
        self.tokens, self.places = nn.Embedding(vocab, width), nn.Embedding(context, width)
        self.blocks = nn.ModuleList([Block(width, heads) for _ in range(blocks)])
        self.ln = nn.LayerNorm(width)

    def forward(self, ids, past=None):
        at = past[0][0].shape[2] if past else 0
        x = self.tokens(ids) + self.places(torch.arange(at, at + ids.shape[1]))
        now = []
        for i, block in enumerate(self.blocks):
            x, kv = block(x, past[i] if past else None)
            now.append(kv)
        return F.linear(self.ln(x), self.tokens.weight), now


if sys.argv[1] == "generate":
    net = GPT(50257, 1024, 768, 12, 12).eval()
    with torch.no_grad():
        start = time.time()
        logits, past = net(torch.arange(512)[None] * 97 % 50257)
        prompt = 512 / (time.time() - start)
        logits, past = net(torch.arange(100)[None] * 97 % 50257)
        start, n = time.time(), 60
        for i in range(n):
            logits, past = net(logits[:, -1:].argmax(2), past)
    print("pytorch %s, %d threads: %6.1f tokens/s, prompt %6.0f tokens/s" % (torch.__version__, torch.get_num_threads(), n / (time.time() - start), prompt))
else:
    net = GPT(8192, 256, 256, 6, 8)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-4, weight_decay=0.1)
    ids = torch.randint(0, 8192, (8, 257))

    def step():
        optimizer.zero_grad()
        F.cross_entropy(net(ids[:, :-1])[0].reshape(-1, 8192), ids[:, 1:].reshape(-1)).backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1)
        optimizer.step()

    for _ in range(2):
        step()
    start, n = time.time(), 8
    for _ in range(n):
        step()
    print("pytorch %s, %d threads: training %6.0f tokens/s" % (torch.__version__, torch.get_num_threads(), n * 8 * 256 / (time.time() - start)))
