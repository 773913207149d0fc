// `npm start -- <arguments>`: sets up what is missing, then runs the command line in this same process.

import { pathToFileURL } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Tonewright needs Node.js 20.19 or newer, and this is ${process.version}. Install a newer one from https://nodejs.org.`,
  );
  process.exit(1);
}

const { root } = await import("./stamps.mjs");
const { setUp } = await import("./setup.mjs");
const { dieWithParent, dropRepeatedSignals } = await import("./parent-watch.mjs");

if (process.env.npm_lifecycle_event !== undefined) {
  dropRepeatedSignals();
  dieWithParent();
}

const commandLine = `${root}dist/apps/cli/main.js`;
const args = process.argv.slice(2);
try {
  await setUp((line) => console.error(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.argv = [process.argv[0] ?? "node", commandLine, ...(args.length === 0 ? ["demo"] : args)];
await import(pathToFileURL(commandLine).href);
