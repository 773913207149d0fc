"""The benchmark's work in PyTorch, as one would write it there: nn.LSTM, nn.GRU, nn.Conv1d, torch.optim.Adam.

Run by `tonewright bench --peer pytorch`: one JSON document per line on standard input, one answer per line on standard
output. Usage: pytorch.py <threads>
"""

import base64
import json
import sys
import time

import torch
import torch.nn as nn

torch.set_num_threads(int(sys.argv[1]))


class Recurrent(nn.Module):
    """x [steps, batch, 1]; the state is carried from call to call."""

    def __init__(self, architecture):
        super().__init__()
        kind = nn.LSTM if architecture["kind"] == "lstm" else nn.GRU
        self.layers = kind(1, architecture["hiddenSize"], architecture["layers"])
        self.head = nn.Linear(architecture["hiddenSize"], 1)
        self.state = None

    def forward(self, x):
        y, state = self.layers(x, self.state)
        self.state = tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()
        return self.head(y)


class Layer(nn.Module):
    def __init__(self, channels, kernel, dilation):
        super().__init__()
        self.conv = nn.Conv1d(channels, channels, kernel, dilation=dilation)
        self.mix = nn.Conv1d(1, channels, 1, bias=False)
        self.out = nn.Conv1d(channels, channels, 1)
        self.reach = (kernel - 1) * dilation

    def forward(self, x, condition):
        z = self.conv(x)
        n = z.shape[2]
        a = torch.tanh(z + self.mix(condition[:, :, -n:]))
        return x[:, :, -n:] + self.out(a), a


class WaveNet(nn.Module):
    """Neural Amp Modeler's, ungated with tanh; x [batch, 1, samples + receptive field - 1]."""

    def __init__(self, architecture):
        super().__init__()
        self.scale = architecture["headScale"]
        self.arrays = nn.ModuleList()
        for array in architecture["arrays"]:
            assert not array["gated"] and array["activation"]["type"] == "tanh"
            part = nn.Module()
            part.rechannel = nn.Conv1d(array["inputSize"], array["channels"], 1, bias=False)
            sizes = zip(array["kernelSizes"], array["dilations"])
            part.layers = nn.ModuleList([Layer(array["channels"], kernel, dilation) for kernel, dilation in sizes])
            part.head = nn.Conv1d(array["channels"], array["head"]["outputSize"], 1, bias=array["head"]["bias"])
            self.arrays.append(part)
        self.reach = sum(layer.reach for part in self.arrays for layer in part.layers)

    def forward(self, x):
        n = x.shape[2] - self.reach
        stream, head = x, None
        for part in self.arrays:
            stream = part.rechannel(stream)
            for layer in part.layers:
                stream, a = layer(stream, x)
                head = a[:, :, -n:] if head is None else head + a[:, :, -n:]
            head = part.head(head)
        return self.scale * head

    def streamed(self, block, history):
        """As forward, for the next samples of one voice; history holds each layer's last input."""
        stream, head, index = block, None, 0
        for part in self.arrays:
            stream = part.rechannel(stream)
            for layer in part.layers:
                x = torch.cat([history[index], stream], 2)
                history[index] = x[:, :, x.shape[2] - layer.reach :]
                stream, a = layer(x, block)
                head = a if head is None else head + a
                index += 1
            head = part.head(head)
        return self.scale * head


def create(architecture, weights):
    """The model with flat weights in the project's order (modelfile's parameterLayout)."""
    model = WaveNet(architecture) if architecture["kind"] == "wavenet" else Recurrent(architecture)
    at = 0
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # The project's LSTM has one bias, PyTorch two, whose sum counts.
            if architecture["kind"] == "lstm" and name.startswith("layers.bias_hh"):
                parameter.zero_()
                continue
            count = parameter.numel()
            parameter.copy_(weights[at : at + count].reshape(parameter.shape))
            at += count
    assert at == weights.numel(), f"{weights.numel()} weights, {at} used"
    return model


def floats(text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)


class Training:
    def __init__(self, job):
        self.job, self.step, self.first_loss = job, 0, None
        self.model = create(job["architecture"], floats(job["weights"]))
        self.optimiser = torch.optim.Adam(self.model.parameters(), lr=job["learningRate"])
        dry, wet = floats(job["dry"]), floats(job["wet"])
        length, back = job["chunkLength"], job["lookBack"]
        self.chunks = []
        for chunk in range(job["chunks"]):
            starts = [start + chunk * length for start in job["starts"]]
            x = torch.stack([dry[s - back : s + length] for s in starts])
            y = torch.stack([wet[s : s + length] for s in starts])
            if job["architecture"]["kind"] == "wavenet":
                self.chunks.append((x[:, None], y[:, None]))
            else:
                self.chunks.append((x.T[:, :, None].contiguous(), y.T[:, :, None].contiguous()))

    def run_step(self):
        chunk = self.step % len(self.chunks)
        if chunk == 0 and isinstance(self.model, Recurrent):
            self.model.state = None
        x, target = self.chunks[chunk]
        self.optimiser.zero_grad()
        loss = ((self.model(x) - target) ** 2).sum() * self.job["lossScale"]
        loss.backward()
        self.optimiser.step()
        self.step += 1
        return loss.item()

    def round(self, seconds):
        began, steps = time.perf_counter(), 0
        while steps == 0 or time.perf_counter() - began < seconds:
            loss = self.run_step()
            if self.first_loss is None:
                self.first_loss = loss
            steps += 1
        elapsed = time.perf_counter() - began
        samples = steps * len(self.job["starts"]) * self.job["chunkLength"]
        return {"samples": samples, "seconds": elapsed, "firstLoss": self.first_loss, "loss": loss}


class Streaming:
    def __init__(self, job):
        self.model = create(job["architecture"], floats(job["weights"])).eval()
        self.blocks = list(floats(job["input"]).split(job["blockSamples"]))
        self.expected = None

    def play(self, count):
        times, total = [], 0.0
        with torch.inference_mode():
            if isinstance(self.model, WaveNet):
                layers = [layer for part in self.model.arrays for layer in part.layers]
                history = [torch.zeros(1, layer.conv.in_channels, layer.reach) for layer in layers]
                run = lambda block: self.model.streamed(block[None, None], history)
            else:
                self.model.state = None
                run = lambda block: self.model(block[:, None, None])
            for block in self.blocks[:count]:
                began = time.perf_counter()
                output = run(block)
                times.append(1000 * (time.perf_counter() - began))
                total += output.abs().sum().item()
        assert 0 < total < 1e9
        return times

    def round(self, seconds):
        if self.expected is None:
            self.expected = self.play(50)
        times = []
        while sum(times) < 1000 * seconds:
            times += self.play(200)
        samples = len(times) * len(self.blocks[0])
        return {"samples": samples, "seconds": sum(times) / 1000, "blockMilliseconds": times}


def libraries():
    config = torch.__config__.show()
    mkl = "MKL" if torch.backends.mkl.is_available() else "no MKL"
    onednn = "oneDNN" if torch.backends.mkldnn.is_available() else "no oneDNN"
    blas = [part.split("=")[1] for part in config.replace("\n", ",").split(",") if "BLAS_INFO=" in part]
    return f"{mkl}, {onednn}, BLAS {blas[0] if blas else 'unknown'}"


def answer(message):
    print(json.dumps(message), flush=True)


answer({"version": torch.__version__, "libraries": libraries(), "threads": torch.get_num_threads()})
work = None
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "prepare":
        work = Training(request) if request["kind"] == "train" else Streaming(request)
        answer({"ready": True})
    else:
        used = time.process_time()
        result = work.round(request["seconds"])
        answer({**result, "processorSeconds": time.process_time() - used})
