/** Model cards and subcircuits that several circuits of the library share, with where their numbers come from. */

/** Silicon signal diode, as SPICE libraries have it: 0.62 V at 1 mA. 1N914, 1S1588 and MA150 are much the same. */
export const diode1n4148 = ".model D1N4148 D(IS=2.52n RS=0.568 N=1.752 CJO=4p M=0.4 TT=20n)";

/** Small silicon NPN with high gain: Fairchild's card without its temperature terms and XTF, VTF, ITF. */
export const transistor2n5088 =
  ".model Q2N5088 NPN(IS=5.911f BF=1122 VAF=62.37 IKF=14.92m ISE=5.911f NE=1.394 BR=1.271 NC=2 RB=10 RC=1.61 CJC=4.017p VJC=0.75 MJC=0.3174 CJE=4.973p VJE=0.75 MJE=0.4146 TF=821.7p TR=4.673n)";

/** Silicon NPN of fuzz pedals: Zetex's card, its resistances of less than an ohm left out. */
export const transistorBc108 =
  ".model QBC108 NPN(IS=18f BF=400 NF=0.9955 VAF=80 IKF=0.14 ISE=50f NE=1.46 BR=35.5 NR=1.005 VAR=12.5 IKR=0.03 ISC=0.172p NC=1.27 CJC=4p VJC=0.54 MJC=0.33 CJE=13p TF=0.64n TR=50.7n)";

/** Germanium PNP of treble boosters, an OC44 as measured by Holmes, Holters & van Walstijn (DAFx 2017). */
export const transistorOc44 =
  ".model QOC44 PNP(IS=1.423u BF=307 NF=1.022 VAF=8.167 IKF=43.82m ISE=30.54n NE=1.316 BR=20.27 NR=1.025 VAR=14.84 IKR=0.6117 ISC=213.5n NC=1.258 RB=32.83 CJE=410p CJC=10p)";

/** N-channel JFET of phasers, in the middle of its data sheet: 6 mA at 0 V, off at -2.4 V. */
export const jfet2n5952 = ".model J2N5952 NJF(VTO=-2.4 BETA=1.04m LAMBDA=5m IS=33f CGS=2.5p CGD=2.5p)";

/** N-channel JFET of output followers, in the middle of its data sheet: 4 mA at 0 V, off at -2.5 V. */
export const jfet2n5458 = ".model J2N5458 NJF(VTO=-2.5 BETA=0.64m LAMBDA=2.3m IS=33f CGS=2.9p CGD=2.8p)";

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

/** A 12AX7 (ECC83) triode after Koren 1996, with the capacitances and grid current that he gives it. */
export const triode12ax7 = `.subckt triode12ax7 plate grid cathode
Bplate plate cathode I={pwr(uramp(V(plate,cathode))/600*ln(1+exp(600*(0.01+V(grid,cathode)/sqrt(300+V(plate,cathode)*V(plate,cathode))))),1.4)/530}
Cgc grid cathode 2.3p
Cgp grid plate 2.4p
Cpc plate cathode 0.9p
Dgrid grid inner Dgridmodel
Rgrid inner cathode 2k
.model Dgridmodel D(IS=1n CJO=10p TT=1n)
.ends triode12ax7`;

/**
 * A photo-resistor in the light of a panel, as in optical compressors: 1 Mohm in the dark, 500 ohm in full light.
 *
 * The light goes with the square of the voltage from `p` to `n` and no further than to 1, which 1 V half reaches. The cell
 * follows it upwards in 5 ms; it falls by two thirds in some 30 ms and then in half a second, the slower the longer
 * there was light.
 */
export const photocoupler = `.subckt photocoupler a b p n
Battack 0 light I={uramp(V(p,n)*V(p,n)/(1+V(p,n)*V(p,n))-V(light))/1k}
Cfast light 0 5u
Rfast light 0 10k
Rcouple light slow 20k
Cslow slow 0 20u
Rslow slow 0 100k
Bcell a b I={V(a,b)*(1u+2m*V(light))}
.ends photocoupler`;
