/** Draws with Observable Plot, whose options these are, and returns SVG text. */
export interface PlotDrawer {
  readonly Plot: typeof import("@observablehq/plot");
  svg(options: object): string;
}

/** A drawer; the library and the document that it needs are loaded now and not before. */
export async function createPlotDrawer(): Promise<PlotDrawer> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<html><body></body></html>");
  return {
    Plot,
    svg: (options) =>
      Plot.plot({ document, ...options } as Parameters<typeof Plot.plot>[0])
        // Coordinates to a hundredth of a pixel: a third of the bytes. Texts between the tags stay as they are.
        .outerHTML.replace(/<[^>]*>/g, (tag: string) => tag.replace(/-?\d+\.\d{3,}/g, rounded)),
  };
}

const rounded = (number: string): string => String(Math.round(Number(number) * 100) / 100);
