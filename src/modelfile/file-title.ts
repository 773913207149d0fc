import { shorten } from "./json-text.ts";

/** The file's name without folders and without its last ending. */
export function nameWithoutEnding(name: string): string {
  const file = name.split(/[\\/]/).at(-1) ?? name;
  return shorten(file.replace(/(?<=.)\.[^.]*$/, ""), 900);
}
