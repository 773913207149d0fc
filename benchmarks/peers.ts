import { findNgspice } from "./ngspice-peer.ts";
import type { FoundPeer, MissingPeer, PeerName } from "./peer.ts";
import { findPffft } from "./pffft-peer.ts";
import { findPythonPeer } from "./python-peer.ts";
import type { Workload } from "./workloads.ts";

/** A peer on this machine, or why there is none. */
export function findPeer(
  id: PeerName,
  { python }: { readonly python?: string | undefined } = {},
): Promise<FoundPeer | MissingPeer> {
  switch (id) {
    case "pytorch":
      return findPythonPeer({ id, name: "PyTorch", script: "pytorch.py", needs: [["torch"]], python });
    case "librosa":
      // Without librosa its steps stand in for it, and the report says so.
      return findPythonPeer({
        id,
        name: "librosa",
        script: "librosa.py",
        needs: [["librosa"], ["numpy", "scipy"]],
        python,
      });
    case "pffft":
      return findPffft();
    case "ngspice":
      return findNgspice();
  }
}

/** Who else does this kind of work. */
export function peerOf({ kind }: Workload): PeerName {
  if (kind === "fft") return "pffft";
  if (kind === "circuit") return "ngspice";
  return kind === "features" || kind === "resample" ? "librosa" : "pytorch";
}
