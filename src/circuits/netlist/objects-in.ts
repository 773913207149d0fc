/** Settings that name the maker or the make of a part; their values are no numbers, whatever they look like. */
const labels: ReadonlySet<string> = new Set(["mfg", "pn", "type", "vendor", "date", "package", "desc", "description"]);

/** Every object within plain data, itself included, in no order that matters. */
export function* objectsIn(data: unknown): Generator<Readonly<Record<string, unknown>>, void, undefined> {
  const open: unknown[] = [data];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    const found = next as Readonly<Record<string, unknown>>;
    if (!Array.isArray(next)) yield found;
    for (const name of Object.keys(found)) if (!labels.has(name)) open.push(found[name]);
  }
}
