"""One epoch of the digit net in PyTorch: the same layers, batch size and precision as nn/digits.

Use: lenet.py DIR, the folder with the files of MNIST. The number of threads is OMP_NUM_THREADS.
"""
import gzip, os, sys, time
import numpy as np
import torch
from torch import nn

torch.manual_seed(1)
torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))


def idx(name, skip):
    with gzip.open(os.path.join(sys.argv[1], name + ".gz")) as f:
        return np.frombuffer(f.read(), np.uint8)[skip:]


images = torch.from_numpy(idx("train-images-idx3-ubyte", 16).astype(np.float32) / 255).reshape(-1, 1, 28, 28)
labels = torch.from_numpy(idx("train-labels-idx1-ubyte", 8).astype(np.int64))
net = nn.Sequential(
    nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Linear(500, 10))
optimizer = torch.optim.Adam(net.parameters(), lr=0.002)
loss_of = nn.CrossEntropyLoss()


def steps(batches):
    for batch in batches:
        optimizer.zero_grad()
        loss_of(net(images[batch]), labels[batch]).backward()
        optimizer.step()


batches = torch.randperm(60000)[: 60000 // 64 * 64].reshape(-1, 64)
steps(batches[:50])  # warm
start = time.time()
steps(batches)
print("pytorch %s, %d threads: %7.0f images/s" % (torch.__version__, torch.get_num_threads(), batches.numel() / (time.time() - start)))
