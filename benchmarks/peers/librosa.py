"""The benchmark's analysis by librosa; where it is not installed, by its steps in numpy and scipy.

Run by `tonewright bench --peer librosa`: one JSON document per line on standard input, one answer per line on standard
output. Usage: librosa.py <threads>
"""

import base64
import json
import sys
import time

# Beside this file lies itself, whose name is that of the library.
sys.path.pop(0)

import numpy as np
import scipy
import scipy.fft
import scipy.signal

try:
    import librosa
except ImportError:
    librosa = None

try:
    import soxr
except ImportError:
    soxr = None


class Steps:
    """What librosa 0.11 does for its default mel spectrogram and MFCC: the same transforms, blocks and products."""

    fft_size, hop = 2048, 512
    #: Bytes of windowed samples that are transformed at a time (librosa.util.MAX_MEM_BLOCK).
    block_bytes = 2**18

    @staticmethod
    def mel_frequencies(count, highest):
        """Slaney's scale: straight below 1000 Hz, logarithmic above."""
        step, bend = 200 / 3, 1000.0
        log_step = np.log(6.4) / 27
        top = bend / step + np.log(highest / bend) / log_step if highest > bend else highest / step
        mels = np.linspace(0, top, count)
        return np.where(mels < bend / step, mels * step, bend * np.exp(log_step * (mels - bend / step)))

    @classmethod
    def mel_filters(cls, sample_rate, count=128):
        edges = cls.mel_frequencies(count + 2, sample_rate / 2)
        bins = np.fft.rfftfreq(cls.fft_size, 1 / sample_rate)
        widths = np.diff(edges)
        slopes = np.subtract.outer(edges, bins)
        weights = np.zeros((count, len(bins)), dtype=np.float32)
        for m in range(count):
            weights[m] = np.maximum(0, np.minimum(-slopes[m] / widths[m], slopes[m + 2] / widths[m + 1]))
        weights *= (2 / (edges[2:] - edges[:count]))[:, None]
        return weights

    @classmethod
    def frames(cls, y):
        """A view, shape [fft_size, frames]."""
        return np.lib.stride_tricks.sliding_window_view(y, cls.fft_size)[:: cls.hop].T

    @classmethod
    def stft(cls, y):
        size, hop, half = cls.fft_size, cls.hop, cls.fft_size // 2
        # In float64, and so are the transforms; what they give is rounded to the precision of the samples.
        window = scipy.signal.get_window("hann", size)[:, None]
        # The padding concerns a few frames at both ends; the others are cut from the signal as it is.
        head_frames = -(-half // hop)
        tail_frame = (len(y) - half) // hop + 1
        head = cls.frames(np.pad(y[: (head_frames - 1) * hop + half + 1], (half, 0)))[:, :head_frames]
        middle = cls.frames(y[head_frames * hop - half :])
        tail = cls.frames(np.pad(y[tail_frame * hop - half :], (0, half)))
        kind = np.complex64 if y.dtype == np.float32 else np.complex128
        spectrum = np.zeros(
            (half + 1, head.shape[1] + middle.shape[1] + tail.shape[1]), dtype=kind, order="F"
        )
        spectrum[:, :head_frames] = scipy.fft.rfft(window * head, axis=0)
        spectrum[:, spectrum.shape[1] - tail.shape[1] :] = scipy.fft.rfft(window * tail, axis=0)
        columns = max(1, cls.block_bytes // (size * y.itemsize))
        for start in range(0, middle.shape[1], columns):
            end = min(start + columns, middle.shape[1])
            block = scipy.fft.rfft(window * middle[:, start:end], axis=0)
            spectrum[:, head_frames + start : head_frames + end] = block
        return spectrum

    @classmethod
    def melspectrogram(cls, y, sr):
        power = np.abs(cls.stft(y)) ** 2.0
        return np.einsum("ft,mf->mt", power, cls.mel_filters(sr), optimize=True)

    @classmethod
    def mfcc(cls, y, sr, n_mfcc):
        decibels = 10.0 * np.log10(np.maximum(1e-10, cls.melspectrogram(y, sr)))
        decibels -= 10.0 * np.log10(np.maximum(1e-10, 1.0))
        decibels = np.maximum(decibels, decibels.max() - 80.0)
        return scipy.fft.dct(decibels, axis=-2, type=2, norm="ortho")[:n_mfcc]


class Work:
    """One call, over and over."""

    def __init__(self, samples, call):
        self.samples, self.call = samples, call
        self.output = call()
        self.expected = self.sum_of(self.output)
        assert 0 < self.expected < 1e12

    @staticmethod
    def sum_of(output):
        return float(np.abs(output.reshape(-1)[::101], dtype=np.float64).sum())

    def round(self, seconds):
        began, times = time.perf_counter(), 0
        while times == 0 or time.perf_counter() - began < seconds:
            assert self.sum_of(self.call()) == self.expected
            times += 1
        return {"samples": times * self.samples, "seconds": time.perf_counter() - began}


def prepare(job):
    """None for work that this installation cannot do."""
    x = np.frombuffer(base64.b64decode(job["x"]), dtype=np.float32)
    rate = job["sampleRate"]
    if job["kind"] == "features":
        x = x.astype(job["precision"])
        feature = librosa.feature if librosa else Steps
        if job["feature"] == "mel":
            return Work(len(x), lambda: feature.melspectrogram(y=x, sr=rate))
        return Work(len(x), lambda: feature.mfcc(y=x, sr=rate, n_mfcc=20))
    if librosa and soxr:
        return Work(len(x), lambda: librosa.resample(x, orig_sr=rate, target_sr=job["toRate"]))
    return None


def blas_of_numpy():
    try:
        blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return f"{blas['name']} {blas['version']}"
    except (TypeError, KeyError):
        return "BLAS unknown"


def description():
    libraries = f"numpy {np.__version__}, scipy {scipy.__version__}, {blas_of_numpy()}"
    if librosa is None:
        steps = {"name": "numpy/scipy, librosa's steps", "version": f"{np.__version__}/{scipy.__version__}"}
        return {**steps, "libraries": libraries}
    return {"version": librosa.__version__, "libraries": libraries + (f", soxr {soxr.__version__}" if soxr else "")}


def answer(message):
    print(json.dumps(message), flush=True)


answer({**description(), "threads": int(sys.argv[1])})
work = None
for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "prepare":
        work = prepare(request)
        if work is None:
            answer({"ready": False})
        else:
            output = np.ascontiguousarray(work.output, dtype=np.float32)
            answer({"ready": True, "output": base64.b64encode(output.tobytes()).decode()})
    else:
        used = time.process_time()
        result = work.round(request["seconds"])
        answer({**result, "processorSeconds": time.process_time() - used})
