/** Model cards and subcircuits that several circuits of the library share; typical published values. */

/** Silicon signal diode. */
export const diode1n4148 = ".model D1N4148 D(IS=2.52n RS=0.568 N=1.752 CJO=4p M=0.4 TT=20n)";

/** Germanium diode, leaky and soft. */
export const diode1n34a = ".model D1N34A D(IS=200n RS=8 N=2.2 CJO=0.8p)";

/** Small silicon NPN with high gain. */
export const transistor2n5088 =
  ".model Q2N5088 NPN(IS=5.911f BF=1122 NF=1 VAF=62.37 IKF=14.92m ISE=5.911f NE=1.394 BR=1.271 RC=1.61 CJC=4.017p VJC=0.3109 MJC=0.3174 CJE=4.973p VJE=0.4 MJE=0.33 TF=818p TR=4.673n)";

/** Silicon NPN of fuzz pedals. */
export const transistorBc108 =
  ".model QBC108 NPN(IS=20f BF=270 NF=1 VAF=80 IKF=0.1 ISE=50f NE=1.5 BR=4 RB=50 RC=1 CJC=5p CJE=12p TF=500p)";

/** Germanium transistor of treble boosters, drawn as NPN. */
export const transistorGermanium =
  ".model QGE NPN(IS=2u BF=110 NF=1 VAF=60 IKF=30m BR=5 RB=100 CJC=10p CJE=20p TF=30n)";

/** N-channel JFET of phasers. */
export const jfet2n5952 = ".model J2N5952 NJF(VTO=-2.02 BETA=1.86m LAMBDA=5m IS=33f CGS=2.5p CGD=2.4p RD=1 RS=1)";

/**
 * An op-amp between rails: a transconductance that runs out of current (slew rate) into a resistor and capacitor (gain, single
 * pole), held between the rails, and an output resistance. One nonlinear node.
 */
export const opamp = `.subckt opamp inp inn out gbw=3meg gain=200k slew=1.7meg high=7.5 low=1.5
Bgm 0 pole I={30p*slew*tanh(V(inp,inn)*6.2832*gbw/slew)-1m*uramp(V(pole)-high)+1m*uramp(low-V(pole))}
Rpole pole 0 {gain/(6.2832*gbw*30p)}
Cpole pole 0 30p
Ebuffer inner 0 pole 0 1
Rout inner out 100
Rin inp inn 1meg
.ends opamp`;

/** The same without rails and slew rate, for stages that never come near them: linear. */
export const opampLinear = `.subckt opamplinear inp inn out gbw=3meg gain=200k
Ggm 0 pole inp inn {6.2832*gbw*30p}
Rpole pole 0 {gain/(6.2832*gbw*30p)}
Cpole pole 0 30p
Ebuffer inner 0 pole 0 1
Rout inner out 100
Rin inp inn 1meg
.ends opamplinear`;

/** A 12AX7 triode after Koren, with its capacitances and grid current. */
export const triode12ax7 = `.subckt triode12ax7 plate grid cathode
Bcurve e1 0 V={V(plate,cathode)/600*ln(1+exp(600*(1/100+V(grid,cathode)/sqrt(300+V(plate,cathode)*V(plate,cathode)))))}
Re1 e1 0 1k
Bplate plate cathode I={(pwr(V(e1),1.4)+pwrs(V(e1),1.4))/1060}
Cgc grid cathode 2.3p
Cgp grid plate 2.4p
Cpc plate cathode 0.9p
Dgrid grid inner Dgridmodel
Rgrid inner cathode 2k
.model Dgridmodel D(IS=1n N=2)
.ends triode12ax7`;
