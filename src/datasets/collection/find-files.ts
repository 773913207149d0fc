import type { CollectionInput, FolderProblem } from "./collection-input.ts";
import { counted, type Finding, type FindingItem, findingOf, verb } from "./finding.ts";
import { countBy } from "./group-by.ts";

/** Findings about the files as files: unreadable, missing, unlisted, and what is no sound. */
export function findFileFaults(input: CollectionInput): Finding[] {
  return [
    readable(input),
    ...tableFiles(input),
    folders(input),
    readerWarnings(input),
    { ...otherFiles(input), verdict: "pass" },
  ];
}

function readable({ heard, unreadable: all }: CollectionInput): Finding {
  // Samples that are no numbers have a finding of their own.
  const unreadable = all.filter(({ code }) => code !== "non-finite-samples");
  const items = unreadable.map(({ path, bytes, code, message }) => ({
    files: [path],
    note: code === "empty-file" && bytes === 0 ? "the file is empty (0 bytes)" : `${message} [${code}]`,
  }));
  const empty = unreadable.filter(({ code }) => code === "empty-file").length;
  const which = empty === 0 ? "" : empty === unreadable.length ? ", all of them empty" : `, ${empty} of them empty`;
  return findingOf("files", items, {
    verdict: "refuse",
    pass: `${counted(heard.length, "sound file")} can be read`,
    found: `${counted(unreadable.length, "sound file")} of ${heard.length + all.length} cannot be read${which}`,
    hint: "get them again from where they came, or delete them and their rows",
  });
}

function tableFiles({ table, heard, unreadable }: CollectionInput): Finding[] {
  if (table === undefined) return [];
  const at = table.columns.indexOf(table.roles.path);
  const missing = table.files.flatMap((file, row): FindingItem[] => {
    const path = table.rows[row]?.[at] ?? "";
    return file === undefined ? [{ files: [path], note: "is in the table, but not in the folder" }] : [];
  });
  const listed = new Set(table.files);
  const unlisted = [...heard, ...unreadable]
    .filter(({ path }) => !listed.has(path))
    .map(({ path }) => ({ files: [path], note: "is in the folder, but not in the table" }));
  return [
    findingOf("missing-files", missing, {
      verdict: "refuse",
      pass: `every row of "${table.name}" names a file that is there`,
      found: `${counted(missing.length, "row")} of ${table.rows.length} in "${table.name}" ${verb(missing.length, "names a file that is", "name files that are")} not there`,
      hint: `check the column "${table.roles.path}" and get the missing files, or delete these rows`,
    }),
    findingOf("unlisted-files", unlisted, {
      pass: `every sound file is in "${table.name}"`,
      found: `${counted(unlisted.length, "sound file")} ${verb(unlisted.length, "is", "are")} not in "${table.name}"`,
      hint: "add rows for them, or move them elsewhere",
    }),
  ];
}

const PROBLEMS: Record<FolderProblem["kind"], string> = {
  unreadable: "may not be entered or read",
  loop: "links back to a folder that it lies in",
  "linked-twice": "links to a folder that is here already",
  "broken-link": "links to nothing",
};

function folders({ problems }: CollectionInput): Finding {
  const items = problems.map(({ path, kind }) => ({ files: [path], note: PROBLEMS[kind] }));
  return findingOf("folders", items, {
    verdict: problems.every(({ kind }) => kind === "loop" || kind === "linked-twice") ? "warn" : "refuse",
    pass: "every folder and link could be followed",
    found: `${counted(items.length, "folder or link", "folders and links")} could not be followed; what lies behind was not looked at`,
    hint: "give yourself the right to read them (chmod), or remove the links",
  });
}

function readerWarnings({ heard }: CollectionInput): Finding {
  const items = heard
    .filter(({ facts }) => facts.warnings.length > 0)
    .map(({ path, facts }) => ({ files: [path], note: facts.warnings.join("; ") }));
  return findingOf("reader-warnings", items, {
    pass: "no reader had to put anything right",
    found: `${counted(items.length, "file")} had to be put right while reading`,
    hint: "listen to the ends of these files; get them again if something is cut off",
  });
}

function otherFiles({ others, hidden }: CollectionInput): Finding {
  const kinds = countBy(others, (path) => /\.([^./]{1,8})$/.exec(path)?.[1]?.toLowerCase() ?? "no ending");
  const names = [...kinds].map(([kind, count]) => `${count.toLocaleString("en")} ${kind}`).join(", ");
  const left =
    hidden === 0 ? "" : `; ${counted(hidden, "hidden file or folder", "hidden files and folders")} passed over`;
  return findingOf(
    "other-files",
    others.map((path) => ({ files: [path], note: "is no sound" })),
    {
      pass: `every file is a sound file${left}`,
      found: `${counted(others.length, "file")} that ${verb(others.length, "is", "are")} no sound (${names})${left}`,
      hint: "nothing to do",
    },
  );
}
