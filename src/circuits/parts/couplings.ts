/**
 * What joins circuits without a wire.
 *
 * `transformer` has windings with inductance and resistance, coupled by `k`; `ratio` is primary to secondary turns, `henries`
 * belongs to the primary. Cores that saturate are left out.
 */
export const couplings = `
.subckt transformer p1 p2 s1 s2 ratio=10 henries=10 k=0.999 rp=100 rs=1
Rp p1 inner {rp}
Lp inner p2 {henries}
Rs s1 outer {rs}
Ls outer s2 {henries/(ratio*ratio)}
Kps Lp Ls {k}
.ends transformer
`;
