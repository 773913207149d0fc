import { encode } from "fast-png";
import { dataUrl } from "./collection-page-text.ts";
import type { ColourRange } from "./feature-plot-panels.ts";
import type { FigureDrawer } from "./figure-svg.ts";

/** Red, green and blue from 0 to 255 for positions from 0 to 1, shape `[256][3]`. */
type ColourTable = readonly (readonly [number, number, number])[];

/** Both are even in lightness, so that equal steps look equal, also in grey. */
const schemes = { rising: "inferno", signed: "rdbu" } as const;

/** The colours of a scheme from its low to its high end. */
export function colourTable(Plot: FigureDrawer["Plot"], scheme: ColourRange["scheme"]): ColourTable {
  const reverse = scheme === "signed";
  const scale = Plot.scale({ color: { type: "linear", domain: [0, 255], scheme: schemes[scheme], reverse } });
  return Array.from({ length: 256 }, (_, k) => channelsOf(String(scale.apply(k))));
}

function channelsOf(colour: string): [number, number, number] {
  const hex = /^#(..)(..)(..)$/.exec(colour);
  const parts = hex === null ? colour.match(/\d+/g) : hex.slice(1).map((part) => String(Number.parseInt(part, 16)));
  const [red, green, blue] = (parts ?? []).map(Number);
  if (red === undefined || green === undefined || blue === undefined) throw new Error(`bug: the colour "${colour}"`);
  return [red, green, blue];
}

/**
 * A table as a picture: time to the right, rows upwards, one dot each.
 *
 * @param values - Shape `[columns, rows]`; NaN is grey.
 * @returns A `data:` address of a PNG.
 */
export function tablePicture(
  values: Float32Array,
  { rows, colours, range }: { readonly rows: number; readonly colours: ColourTable; readonly range: ColourRange },
): string {
  const columns = values.length / rows;
  const data = new Uint8Array(3 * columns * rows);
  const scale = 255 / (range.high - range.low);
  for (let c = 0; c < columns; c++) {
    for (let row = 0; row < rows; row++) {
      const place = Math.round((values[c * rows + row]! - range.low) * scale);
      const colour = Number.isNaN(place) ? grey : colours[Math.max(0, Math.min(255, place))]!;
      data.set(colour, 3 * ((rows - 1 - row) * columns + c));
    }
  }
  return dataUrl("image/png", encode({ width: columns, height: rows, data, channels: 3 }));
}

const grey = [128, 128, 128] as const;

/** The colours of a scale from low, at the bottom, to high, as a `data:` address of a PNG. */
export function colourBarPicture(colours: ColourTable): string {
  const data = new Uint8Array(colours.toReversed().flat());
  return dataUrl("image/png", encode({ width: 1, height: colours.length, data, channels: 3 }));
}
