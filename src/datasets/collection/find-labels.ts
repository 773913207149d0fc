import type { LabelledFile } from "./collection-input.ts";
import { counted, type Finding, type FindingItem, findingOf, shareText, verb } from "./finding.ts";
import { countBy, groupBy } from "./group-by.ts";
import { spellingVariants } from "./labels.ts";

/** Findings about the classes: missing and odd labels, balance, and splits that lack a class. */
export function findLabelFaults(files: readonly LabelledFile[]): Finding[] {
  const counts = countBy(files, ({ label }) => label);
  if (counts.size === 0) return [noLabels(files)];
  return [missingLabels(files), spelling(counts), balance(counts), smallClasses(counts), splitClasses(files)];
}

function noLabels(files: readonly LabelledFile[]): Finding {
  return {
    id: "labels",
    verdict: "warn",
    message: "no file has a label",
    hint:
      "put the files of each class into a folder of its own, give a table (--table), or say where the label is in " +
      "the path (--label-pattern)",
    count: files.length,
    items: [],
  };
}

function missingLabels(files: readonly LabelledFile[]): Finding {
  const items = files
    .filter(({ label }) => label === undefined)
    .map(({ path }): FindingItem => ({ files: [path], note: "has no label" }));
  return findingOf("labels", items, {
    verdict: "refuse",
    pass: "every file has a label",
    found: `${counted(items.length, "file")} of ${files.length} ${verb(items.length, "has", "have")} no label`,
    hint: "label them, or take them out",
  });
}

function spelling(counts: ReadonlyMap<string, number>): Finding {
  const named = (name: string) => `"${name}" (${counted(counts.get(name) ?? 0, "file")})`;
  const variants = spellingVariants(counts).map(
    ({ names, why }): FindingItem => ({
      files: [],
      note: `${names.map(named).join(" and ")} differ only in ${why}`,
    }),
  );
  const spaced = [...counts.keys()]
    .filter((name) => name !== name.trim())
    .map((name): FindingItem => ({ files: [], note: `${named(name)} begins or ends with a space` }));
  const items = [...variants, ...spaced];
  return findingOf("label-spelling", items, {
    pass: "no two labels look like one label spelt in two ways",
    found: `${counted(items.length, "label")} ${verb(items.length, "looks", "look")} misspelt`,
    hint: "give each class one spelling; a model takes each for a class of its own",
  });
}

/** From here on a model gains by guessing large classes more often than they come. */
const UNEVEN = 3;

function balance(counts: ReadonlyMap<string, number>): Finding {
  const all = [...counts.values()];
  const total = all.reduce((sum, count) => sum + count, 0);
  const [largest, smallest] = [all[0] ?? 0, all.at(-1) ?? 0];
  const ratio = largest / smallest;
  const guess = `always guessing the largest class is right ${shareText(largest / total)} of the time`;
  if (counts.size === 1) {
    const [name] = counts.keys();
    const hint = "to learn to tell sounds apart, give at least two classes (folders, or --label-column)";
    return {
      id: "class-balance",
      verdict: "warn",
      message: `there is only one class, "${name}"`,
      hint,
      count: 1,
      items: [],
    };
  }
  if (ratio < UNEVEN) {
    const message = `${counts.size} classes of ${smallest === largest ? smallest : `${smallest} to ${largest}`} files; ${guess}`;
    return { id: "class-balance", verdict: "pass", message, count: 0, items: [] };
  }
  const items = [...counts].map(
    ([name, count]): FindingItem => ({ files: [], note: `"${name}": ${count}`, value: count }),
  );
  return {
    id: "class-balance",
    verdict: "warn",
    message: `the largest of ${counts.size} classes has ${Number(ratio.toPrecision(2))} times the files of the smallest (${largest} and ${smallest}); ${guess}`,
    hint: "judge by balanced accuracy or macro F1, weight the loss by class, or add files to the small classes",
    count: counts.size,
    items,
  };
}

/** Two for each of five folds. */
const FEW_FILES = 10;

function smallClasses(counts: ReadonlyMap<string, number>): Finding {
  const items = [...counts]
    .filter(([, count]) => count < FEW_FILES)
    .reverse()
    .map(
      ([name, count]): FindingItem => ({ files: [], note: `"${name}" has ${counted(count, "file")}`, value: count }),
    );
  return findingOf("small-classes", items, {
    pass: `every class has ${FEW_FILES} files or more`,
    found: `${counted(items.length, "class", "classes")} of ${counts.size} ${verb(items.length, "has", "have")} fewer than ${FEW_FILES} files`,
    hint: "record more, join them with a class that is alike, or leave them out: no score on so few files means much",
  });
}

function splitClasses(files: readonly LabelledFile[]): Finding {
  const splits = groupBy(files, ({ split }) => split);
  const classes = [...countBy(files, ({ label }) => label).keys()];
  const items = [...splits].flatMap(([split, members]) => {
    const there = new Set(members.map(({ label }) => label));
    const absent = classes.filter((name) => !there.has(name));
    const note = `split "${split}" has no ${absent.map((name) => `"${name}"`).join(", ")}`;
    return absent.length === 0 ? [] : [{ files: [], note, value: absent.length }];
  });
  return findingOf("split-classes", items, {
    pass: splits.size === 0 ? "there are no splits" : `every class is in each of ${splits.size} splits`,
    found: `${counted(items.length, "split")} of ${splits.size} ${verb(items.length, "lacks", "lack")} a class`,
    hint: "split again, by class (stratified)",
  });
}
