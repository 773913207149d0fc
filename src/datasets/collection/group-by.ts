/** The elements under the key that each has, in the order in which they come; those without a key are left out. */
export function groupBy<T, K>(elements: Iterable<T>, keyOf: (element: T) => K | undefined): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const element of elements) {
    const key = keyOf(element);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  }
  return groups;
}

/** How often each key comes, most frequent first, then by name. */
export function countBy<T>(elements: Iterable<T>, keyOf: (element: T) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const element of elements) {
    const key = keyOf(element);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map([...counts].sort(([p, m], [q, n]) => n - m || (p < q ? -1 : 1)));
}
