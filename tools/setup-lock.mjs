// One set-up at a time: a lock folder that names its owner, and that dies with it.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./stamps.mjs";

// Outside node_modules, because npm ci empties that folder.
const lockFolder = join(root, ".setup-lock");

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * @param {string} folder
 * @returns {number[] | undefined} The processes that hold a lock (the owner and its children), or undefined when there is none.
 */
function owners(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "owner.json"), "utf8")).pids;
  } catch {
    return undefined;
  }
}

/** Moves the lock aside before removing it, so that no other process ever meets half a lock. */
function remove() {
  const grave = `${lockFolder}-dead-${process.pid}`;
  try {
    renameSync(lockFolder, grave);
    // Between the look and the move another process may have taken the lock: then it gets it back.
    const mine = owners(grave)?.[0] === process.pid;
    if (!mine && owners(grave)?.some(isAlive)) renameSync(grave, lockFolder);
    else rmSync(grave, { recursive: true, force: true });
  } catch {
    // Another process was quicker.
  }
}

/** Moves a folder that already names its owner into place, so that a lock is never seen without one. */
function tryToTake() {
  const draft = `${lockFolder}-draft-${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, "owner.json"), JSON.stringify({ pids: [process.pid] }));
  try {
    renameSync(draft, lockFolder);
    return true;
  } catch {
    rmSync(draft, { recursive: true, force: true });
    return false;
  }
}

/**
 * Waits for the lock and returns its release. A lock whose processes are all gone is taken over.
 *
 * @param {(pid: number) => void} onWait - Called once, with the process that holds the lock.
 * @returns {Promise<{ release: () => void, addProcess: (pid: number) => void }>}
 */
export async function takeLock(onWait) {
  let told = false;
  for (;;) {
    if (tryToTake()) break;
    const pids = owners(lockFolder);
    if (pids !== undefined && !pids.some(isAlive)) {
      remove();
      continue;
    }
    if (pids?.[0] !== undefined && !told) {
      told = true;
      onWait(pids[0]);
    }
    await sleep(200);
  }
  sweep();
  const release = () => {
    process.off("exit", release);
    if (owners(lockFolder)?.[0] === process.pid) remove();
  };
  process.on("exit", release);
  const pids = [process.pid];
  const addProcess = (/** @type {number} */ pid) => {
    pids.push(pid);
    const temporary = join(lockFolder, "owner.next");
    writeFileSync(temporary, JSON.stringify({ pids }));
    renameSync(temporary, join(lockFolder, "owner.json"));
  };
  return { release, addProcess };
}

/** Removes drafts and graves of processes that were killed while they made them. */
function sweep() {
  for (const name of readdirSync(root)) {
    const pid = /^\.setup-lock-(?:draft|dead)-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(root, name), { recursive: true, force: true });
  }
}
