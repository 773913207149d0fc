/**
 * Operational amplifiers, as a model of what is heard of them: gain and its single pole, slew rate, rails, input and output
 * resistance. `opamp5` has supply pins in the usual order: non-inverting, inverting, positive supply, negative supply, output.
 * Gain-bandwidth product (Hz), slew rate (V/s), gain and how near the output comes to the supplies (V) are the typical figures
 * of the data sheets. Noise, offset and supply current are left out.
 */
export const opAmps = `
.subckt opamp5 inp inn vp vn out gbw=3meg gain=200k slew=1.7meg top=1.5 bottom=1.5 rout=100 rin=1meg
Bgm 0 pole I={30p*slew*tanh(V(inp,inn)*6.2832*gbw/slew)-10m*uramp(V(pole)-V(vp)+top)+10m*uramp(V(vn)+bottom-V(pole))}
Rpole pole 0 {gain/(6.2832*gbw*30p)}
Cpole pole 0 30p
Ebuffer inner 0 pole 0 1
Rout inner out {rout}
Rin inp inn {rin}
Rsupply vp vn 10k
.ends opamp5
.subckt TL072 inp inn vp vn out
X1 inp inn vp vn out opamp5 gbw=3meg slew=13meg gain=200k top=1.5 bottom=1.5 rin=1g
.ends TL072
.subckt TL071 inp inn vp vn out
X1 inp inn vp vn out TL072
.ends TL071
.subckt TL074 inp inn vp vn out
X1 inp inn vp vn out TL072
.ends TL074
.subckt TL082 inp inn vp vn out
X1 inp inn vp vn out TL072
.ends TL082
.subckt JRC4558 inp inn vp vn out
X1 inp inn vp vn out opamp5 gbw=3meg slew=1.7meg gain=300k top=1 bottom=1 rin=5meg
.ends JRC4558
.subckt RC4558 inp inn vp vn out
X1 inp inn vp vn out JRC4558
.ends RC4558
.subckt NE5532 inp inn vp vn out
X1 inp inn vp vn out opamp5 gbw=10meg slew=9meg gain=100k top=2 bottom=2 rin=300k
.ends NE5532
.subckt OPA2134 inp inn vp vn out
X1 inp inn vp vn out opamp5 gbw=8meg slew=20meg gain=1meg top=1.2 bottom=0.5 rin=1g
.ends OPA2134
.subckt LM741 inp inn vp vn out
X1 inp inn vp vn out opamp5 gbw=1meg slew=0.5meg gain=200k top=1 bottom=2 rin=2meg
.ends LM741
.subckt LM308 inp inn vp vn out
X1 inp inn vp vn out opamp5 gbw=1meg slew=0.3meg gain=300k top=1 bottom=1 rin=40meg
.ends LM308
.subckt LM358 inp inn vp vn out
X1 inp inn vp vn out opamp5 gbw=0.7meg slew=0.3meg gain=100k top=1.5 bottom=0.02 rin=10meg
.ends LM358
`;
