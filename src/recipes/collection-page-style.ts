/** What the page about a folder needs besides the style of reports. */
export const collectionPageStyle = `
.verdict.refuse { --mark: var(--bad); } .verdict.warn { --mark: var(--warn); } .verdict.pass { --mark: var(--good); }
.facts-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; margin: 1.2rem 0; }
.fact { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .55rem .8rem; }
.fact b { display: block; font-size: 1.15rem; font-weight: 650; overflow-wrap: anywhere; } .fact span { color: var(--soft); font-size: .84rem; }
.finding { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--mark); border-radius: 8px; padding: .8rem 1.1rem; margin: 0 0 .8rem; }
.finding.refuse { --mark: var(--bad); } .finding.warn { --mark: var(--warn); }
.finding h3 { font-size: 1rem; } .finding .tag { color: var(--mark); text-transform: uppercase; letter-spacing: .04em; font-size: .76rem; font-weight: 700; margin-right: .5em; }
.finding ol { list-style: none; margin: .6rem 0 0; padding: 0; }
.finding li { border-top: 1px solid var(--line); padding: .5rem 0; }
.file { font-family: ui-monospace, "Cascadia Mono", Consolas, monospace; font-size: .86rem; overflow-wrap: anywhere; }
.heard { display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: center; margin: .25rem 0; }
.heard > div { flex: 1 1 18rem; } .note { font-size: .92rem; } .heard audio { flex: 0 1 20rem; width: auto; height: 2.2rem; margin: 0; }
details summary { cursor: pointer; color: var(--soft); font-size: .88rem; margin-top: .4rem; }
.numbers .scroll, .rest { max-height: 18rem; overflow: auto; margin-top: .4rem; }
.rest p { margin: .15rem 0; font-size: .88rem; }
.wide { grid-column: 1 / -1; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); gap: 1rem; }
.pictures img { width: 100%; height: auto; border-radius: 4px; display: block; margin: .3rem 0; }
.pictures audio { height: 2.2rem; }
.passed { columns: 2 24rem; column-gap: 2rem; padding-left: 1.2rem; } .passed li { break-inside: avoid; padding: .1rem 0; }
.passed li::marker { content: "✓ "; color: var(--good); }
`;
