#!/usr/bin/env python3
"""Trains a GPT as `essay train gpt` does, by PyTorch, on whatever runs it fast.

    essay train gpt -prepare -out gpt …      # vocabulary, token files, recipe.json, first weights
    python3 train.py gpt                     # on a GPU if there is one, else on the processor
    torchrun --nproc-per-node 2 train.py gpt # on several

The folder gets model.safetensors (float16, the Hub's names) and training.json. Net, batches,
optimizer and schedule are those of transformer/net.go and train.go: in float32 the losses of both
agree to four digits and more (losses.json). On a GPU products are in bfloat16.
"""
import argparse, json, math, os, struct, time
import numpy as np, torch, torch.distributed as dist, torch.nn.functional as F
from torch import nn

args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
args.add_argument("dir")
args.add_argument("--steps", type=int, help="end after so many steps, with the schedule made for them")
args.add_argument("--losses", type=int, help="print the losses of so many steps as JSON, and write nothing")
args.add_argument("--rows", type=int, default=1 << 30, help="rows that are computed at a time, if all of a step's take too much memory")
args.add_argument("--float32", action="store_true", help="products in float32 on a GPU, too")
args = args.parse_args()

rank, ranks = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
gpu = torch.cuda.is_available()
device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if gpu else torch.device("cpu")
if gpu:
    torch.cuda.set_device(device)
if ranks > 1:
    dist.init_process_group("nccl" if gpu else "gloo")
say = print if rank == 0 and not args.losses else lambda *a, **k: None

recipe = json.load(open(os.path.join(args.dir, "recipe.json")))
config = json.load(open(os.path.join(args.dir, "config.json")))
if recipe["batch"] % ranks:
    raise SystemExit(f"{recipe['batch']} rows a step do not part into {ranks} processes")
V, T, D, L, H = (config[k] for k in ("vocab_size", "n_positions", "n_embd", "n_layer", "n_head"))
steps, B, length = args.steps or recipe["steps"], recipe["batch"], recipe["length"] or T
eps = config["layer_norm_epsilon"]


# The net. Matrices are kept as in GPT-2's files, [in][out].
class Dense(nn.Module):
    def __init__(self, inner, outer):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(inner, outer)), nn.Parameter(torch.empty(outer))

    def forward(self, x):
        return F.linear(x, self.weight.t(), self.bias)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.c_attn, self.c_proj = Dense(D, 3 * D), Dense(D, D)

    def forward(self, x):
        rows, n, _ = x.shape
        q, k, v = self.c_attn(x).view(rows, n, 3, H, D // H).permute(2, 0, 3, 1, 4)
        if hasattr(F, "scaled_dot_product_attention"):
            x = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:  # PyTorch 1
            later = torch.ones(n, n, dtype=torch.bool, device=q.device).triu(1)
            x = (q @ k.transpose(2, 3) / math.sqrt(D // H)).masked_fill(later, -math.inf).softmax(3) @ v
        return self.c_proj(x.transpose(1, 2).reshape(rows, n, D))


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.c_fc, self.c_proj = Dense(D, 4 * D), Dense(4 * D, D)

    def forward(self, x):
        return self.c_proj(F.gelu(self.c_fc(x), approximate="tanh"))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.attn, self.ln_2, self.mlp = nn.LayerNorm(D, eps), Attention(), nn.LayerNorm(D, eps), MLP()

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class GPT(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(V, D), nn.Embedding(T, D)
        self.h, self.ln_f = nn.ModuleList(Block() for _ in range(L)), nn.LayerNorm(D, eps)

    def forward(self, ids, wanted=None):
        x = self.wte(ids) + self.wpe.weight[: ids.shape[1]]
        for block in self.h:
            x = block(x)
        logits = F.linear(self.ln_f(x), self.wte.weight)
        return logits if wanted is None else F.cross_entropy(logits.float().flatten(0, 1), wanted.flatten())


def safetensors(path):
    file = open(path, "rb").read()
    n = struct.unpack("<Q", file[:8])[0]
    tensors = json.loads(file[8 : 8 + n])
    tensors.pop("__metadata__", None)
    for name, t in tensors.items():
        begin, end = t["data_offsets"]
        yield name, torch.from_numpy(np.frombuffer(file[8 + n + begin : 8 + n + end], "<f4").reshape(t["shape"]).copy())


net = GPT().to(device)
net.load_state_dict(dict(safetensors(os.path.join(args.dir, "start.safetensors"))))

# The batches: for row r of a step a source is drawn by weight, and a place in it. The same numbers
# come from SplitMix64 here and in train.go.
M = (1 << 64) - 1


def uniform(i):
    z = (recipe["seed"] + (i + 1) * 0x9E3779B97F4A7C15) & M
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M
    z = (z ^ z >> 27) * 0x94D049BB133111EB & M
    return ((z ^ z >> 31) >> 11) / (1 << 53)


def tokens(name):
    return torch.from_numpy(np.fromfile(os.path.join(args.dir, name), "<u2").astype(np.int32 if V > 32767 else np.int16)).to(device)


sources = [(tokens(s["tokens"]), s["weight"]) for s in recipe["sources"]]
everything = torch.cat([t for t, _ in sources])
begins = [sum(len(t) for t, _ in sources[:i]) for i in range(len(sources))]
total = 0.0  # added one by one, as there
for _, w in sources:
    total += w


def place(i):
    u = uniform(2 * i) * total
    for at, (t, w) in zip(begins, sources):
        u -= w
        if u < 0:
            break
    return at + int(uniform(2 * i + 1) * (len(t) - length))


along = torch.arange(length + 1, device=device)


def batch(step):  # in parts; of several processes each has its share of the rows
    at = torch.tensor([place(step * B + r) for r in range(rank, B, ranks)], device=device)
    for part in at.split(args.rows):
        rows = everything[part[:, None] + along].long()
        yield len(part) / len(at), rows[:, :-1], rows[:, 1:]


def rate(step):
    if recipe["schedule"] == "linear":
        return recipe["rate"] * min(1, (step + 1) / max(recipe["warmup"], 1)) * (1 - step / steps)
    if step < recipe["warmup"]:
        return recipe["rate"] * (step + 1) / recipe["warmup"]
    t = (step - recipe["warmup"]) / max(steps - recipe["warmup"], 1)
    return recipe["rate"] * (0.1 + 0.9 * (1 + math.cos(math.pi * min(t, 1))) / 2)


matrices = [p for p in net.parameters() if p.dim() > 1]
others = [p for p in net.parameters() if p.dim() == 1]
optimizer = torch.optim.AdamW([{"params": matrices, "weight_decay": recipe["decay"]}, {"params": others, "weight_decay": 0.0}],
                              betas=(0.9, recipe["beta2"]), eps=1e-8, **({"fused": True} if gpu else {}))
narrow = torch.autocast(device.type, dtype=torch.bfloat16, enabled=gpu and not args.float32)
if gpu and args.float32:
    torch.set_float32_matmul_precision("highest")
learner = torch.compile(net) if gpu and not args.float32 else net

held = tokens("heldout.bin") if not args.losses else None


@torch.no_grad()
def held_out(most):  # rows of the window's length, spread evenly over the text
    whole = (len(held) - 1) // T
    most = min(most, whole)
    at = torch.tensor([whole * i // most * T for i in range(most)], device=device)
    loss = 0.0
    for part in at.split(min(16, args.rows)):
        rows = held[part[:, None] + torch.arange(T + 1, device=device)].long()
        with narrow:
            loss += net(rows[:, :-1], rows[:, 1:]).item() * len(part) / most
    return loss


@torch.no_grad()
def sample(step, n=40, temperature=0.8):
    g, ids = torch.Generator().manual_seed(step), list(recipe["prompt"])
    for _ in range(n):
        with narrow:
            logits = net(torch.tensor([ids[-T:]], device=device))[0, -1].float().cpu()
        ids.append(torch.multinomial((logits / temperature).softmax(0), 1, generator=g).item())
    return text(ids)


def text(ids):  # the file writes each byte as one visible character
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    byte = {chr(b): b for b in plain} | {chr(256 + i): b for i, b in enumerate(b for b in range(256) if b not in plain)}
    names = {i: name for name, i in json.load(open(os.path.join(args.dir, "vocab.json"), encoding="utf-8")).items()}
    return b"".join(bytes(byte[c] for c in names[i]) if names[i] != "<|endoftext|>" else b"\n\n" for i in ids).decode("utf-8", "replace")


def save():
    header, at, parts = {"__metadata__": {"format": "pt", "made by": "train.py"}}, 0, []
    for name, t in net.state_dict().items():
        part = t.cpu().to(torch.float16).numpy().tobytes()
        header[name] = {"dtype": "F16", "shape": list(t.shape), "data_offsets": [at, at + len(part)]}
        at += len(part)
        parts.append(part)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    path = os.path.join(args.dir, "model.safetensors")
    with open(path + ".new", "wb") as f:
        f.write(struct.pack("<Q", len(head)) + head + b"".join(parts))
    os.replace(path + ".new", path)


def due(step):  # as `essay train gpt`
    part = max(1, steps // 40)
    return step == steps or step % part == 0 or (step & step - 1 == 0 and step < part)


say(f"{sum(p.numel() for p in net.parameters())} weights, {len(everything)} tokens, {steps} steps of {B} rows of {length}, "
    f"{ranks} × {torch.cuda.get_device_name() if gpu else 'CPU'}, torch {torch.__version__}", flush=True)
points, losses, mean, since, start = [], [], torch.zeros((), device=device), 0, time.time()
for step in range(args.losses or steps):
    loss = torch.zeros((), device=device)
    for share, rows, wanted in batch(step):
        with narrow:
            part = share * learner(rows, wanted)
        part.backward()
        loss += part.detach()
    if ranks > 1:  # all take the mean
        for t in [loss] + [p.grad for p in net.parameters()]:
            dist.all_reduce(t)
            t /= ranks
    nn.utils.clip_grad_norm_(net.parameters(), recipe["clip"])
    for group in optimizer.param_groups:
        group["lr"] = rate(step)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    mean, since = mean + loss, since + 1
    if args.losses:
        losses.append(loss.item())
    elif due(step + 1):
        point = {"step": step + 1, "seen": (step + 1) * B * length, "loss": mean.item() / since,
                 "measured": {"held out": held_out(48)}, "sample": sample(step + 1)}
        if not math.isfinite(point["loss"]):
            raise SystemExit("the loss is no number")
        points.append(point)
        mean, since = torch.zeros((), device=device), 0
        say(f"{time.time() - start:6.1f} s, step {step + 1}, {point['seen'] / 1e6:.1f} M tokens: loss {point['loss']:.4f}, "
            f"held out {point['measured']['held out']:.4f}: {point['sample']!r}", flush=True)
if args.losses:
    if rank == 0:
        print(json.dumps(losses))
elif rank == 0:
    seconds = time.time() - start
    save()
    loss = held_out(1 << 60)
    sizes = {s["name"]: {"weight": s["weight"], "tokens": len(t)} for s, (t, _) in zip(recipe["sources"], sources)}
    log = {"config": config, "points": points, "bytes_per_token": recipe["bytes_per_token"], "sources": sizes, "seconds": seconds,
           "device": f"{ranks} × {torch.cuda.get_device_name() if gpu else 'CPU'}", "held_out": loss}
    json.dump(log, open(os.path.join(args.dir, "training.json"), "w"), indent=1)
    say(f"{steps} steps in {seconds:.0f} s, {steps * B * length / seconds:.0f} tokens/s; held out, whole: {loss:.4f} nats a token, "
        f"{loss / math.log(2) / recipe['bytes_per_token']:.4f} bits a byte")
if ranks > 1:
    dist.destroy_process_group()
