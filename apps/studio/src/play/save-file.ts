/** Hands bytes to the person as a download. */
export function saveFile(bytes: Uint8Array, { name, type }: { name: string; type: string }): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]/g, "-");
  link.click();
  // The browser has taken the bytes when it comes back from the click; some take a moment longer.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
