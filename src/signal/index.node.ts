/** signal, in Node: files on disk as sources of bytes. */

export { type FileSource, openFileSource } from "./files/file-source.node.ts";
