/** The address at which Vite serves a worker or worklet that it has bundled. */
declare module "*?worker&url" {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: this is how Vite hands the address over
  export default address;
}
