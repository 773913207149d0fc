/** The report's style sheet: light and dark by the reader's setting, nothing fetched from anywhere. */
export const reportStyle = `
:root { color-scheme: light dark; --paper: #fbfbf9; --card: #ffffff; --ink: #1d2226; --soft: #5c666e; --line: #dfe3e6;
  --target: #3f7fc4; --model: #d95f0e; --error: #b0307a; --linear: #6b7a86; --good: #1d7a46; --warn: #8a5a00; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181b; --card: #1c2226; --ink: #e6eaed; --soft: #9aa6af; --line: #323b41;
    --target: #6aa9ec; --model: #ff9d52; --error: #ee7fbd; --linear: #94a3af; --good: #5fce8f; --warn: #e8b34c; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.2rem 0 .7rem; }
h3 { font-size: .95rem; margin: 0 0 .15rem; }
p { margin: .3rem 0; } .soft { color: var(--soft); }
.verdict { border-left: 5px solid var(--mark); background: var(--card); padding: .8rem 1.1rem; margin: 1.2rem 0; border-radius: 0 8px 8px 0; font-size: 1.05rem; }
.excellent, .good { --mark: var(--good); } .fair { --mark: var(--warn); } .poor, .failed { --mark: var(--bad); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.1rem; min-width: 0; }
.grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 1rem; align-items: start; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .4rem .7rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } tr:last-child td { border-bottom: 0; }
thead th { color: var(--soft); font-weight: 600; font-size: .86rem; } .best td { font-weight: 650; }
.facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; } .facts td:first-child { color: var(--soft); width: 11rem; }
figure { margin: 0; } svg { display: block; width: 100%; height: auto; }
figcaption { color: var(--soft); font-size: .86rem; margin-bottom: .35rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .82rem; margin: .2rem 0 .3rem; padding: 0; list-style: none; }
.legend li::before { content: ""; display: inline-block; width: 1.1em; height: .28em; border-radius: 2px; background: var(--key); margin-right: .45em; vertical-align: .22em; }
.players { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 1rem; }
audio { width: 100%; margin-top: .4rem; }
.checks { list-style: none; margin: 0; padding: 0; } .checks li { padding: .3rem 0; } .checks b { display: inline-block; min-width: 4.2em; }
.pass b { color: var(--good); } .warn b { color: var(--warn); } .refuse b { color: var(--bad); }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; font-size: .86rem; margin: .5rem 0; }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .86rem; }
`;
