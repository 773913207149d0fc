/** signal, in a browser: blobs as sources of bytes. */

export { blobSource } from "./files/blob-source.browser.ts";
