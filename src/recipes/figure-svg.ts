/** Draws with Observable Plot, whose options these are, and returns SVG text. */
export interface FigureDrawer {
  readonly Plot: typeof import("@observablehq/plot");
  /** @param options - Of `Plot.plot`; `ariaLabel` says what is to be seen. */
  svg(options: object): string;
}

/**
 * A drawer; the library and the document that it needs are loaded now and not before.
 *
 * @param common - Options of every plot; by default those of a figure in a page.
 */
export async function createFigureDrawer(common: object = pageFigure): Promise<FigureDrawer> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<html><body></body></html>");
  return {
    Plot,
    svg: (options) =>
      Plot.plot({ document, ...common, ...options } as Parameters<typeof Plot.plot>[0])
        .outerHTML.replace("<svg ", '<svg role="img" ')
        // Coordinates to a hundredth of a pixel: a third of the bytes. Texts between the tags stay as they are.
        .replace(/<[^>]*>/g, (tag: string) => tag.replace(/-?\d+\.\d{3,}/g, rounded)),
  };
}

const pageFigure = { width: 540, marginLeft: 56, marginBottom: 44, marginTop: 26, style: { fontSize: "13px" } };

const rounded = (number: string): string => String(Math.round(Number(number) * 100) / 100);

/** An axis below or beside the plot with its name in the middle, clear of the numbers. */
export const xAxis = (label: string) => ({ label, labelAnchor: "center", labelArrow: "none", labelOffset: 38 });
export const yAxis = (label: string) => ({ label, labelArrow: "none", grid: true });
