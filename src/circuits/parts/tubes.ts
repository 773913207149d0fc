/**
 * Triodes (plate, grid, cathode) and pentodes (plate, control grid, cathode, screen) by Koren's equations with his parameters:
 * plate current, screen current, grid current through 1 or 2 kilohm, capacitances between the pins.
 *
 * EL84 and 6V6GT are ours, drawn through their data sheets' plate current, screen current and slope at 250 V.
 * The logarithm is kept from overflowing where a grid is far above its cathode.
 *
 * @see Koren, "Improved vacuum tube models for SPICE simulations", Glass Audio 8/5, 1996
 */
export const tubes = `
.subckt triode plate grid cathode mu=100 ex=1.4 kg1=1060 kp=600 kvb=300 rgi=2k ccg=2.3p cgp=2.4p ccp=0.9p
Bplate plate cathode I={pwr(uramp(V(plate,cathode))/kp*ln(1+exp(min(80,kp*(1/mu+V(grid,cathode)/sqrt(kvb+V(plate,cathode)*V(plate,cathode)))))),ex)*2/kg1}
Cgc grid cathode {ccg}
Cgp grid plate {cgp}
Cpc plate cathode {ccp}
Dgrid grid inner tubegrid
Rgrid inner cathode {rgi}
.ends triode
.subckt pentode plate grid cathode screen mu=11 ex=1.35 kg1=650 kg2=4200 kp=60 kvb=24 rgi=1k ccg=15p cgp=1p ccp=8p
Bplate plate cathode I={pwr(uramp(V(screen,cathode))/kp*ln(1+exp(min(80,kp*(1/mu+V(grid,cathode)/max(V(screen,cathode),1))))),ex)*2/kg1*atan(uramp(V(plate,cathode))/kvb)}
Bscreen screen cathode I={pwr(uramp(V(screen,cathode)/mu+V(grid,cathode)),ex)/kg2*u(V(screen,cathode))}
Cgc grid cathode {ccg}
Cgp grid plate {cgp}
Cpc plate cathode {ccp}
Dgrid grid inner tubegrid
Rgrid inner cathode {rgi}
.ends pentode
.model tubegrid D(IS=1n CJO=10p TT=1n)
.subckt 12AX7 plate grid cathode
X1 plate grid cathode triode mu=100 ex=1.4 kg1=1060 kp=600 kvb=300 ccg=2.3p cgp=2.4p ccp=0.9p
.ends 12AX7
.subckt ECC83 plate grid cathode
X1 plate grid cathode 12AX7
.ends ECC83
.subckt 12AT7 plate grid cathode
X1 plate grid cathode triode mu=60 ex=1.35 kg1=460 kp=300 kvb=300 ccg=2.7p cgp=1.9p ccp=1p
.ends 12AT7
.subckt ECC81 plate grid cathode
X1 plate grid cathode 12AT7
.ends ECC81
.subckt 12AU7 plate grid cathode
X1 plate grid cathode triode mu=21.5 ex=1.3 kg1=1180 kp=84 kvb=300 ccg=2.3p cgp=2.2p ccp=1p
.ends 12AU7
.subckt ECC82 plate grid cathode
X1 plate grid cathode 12AU7
.ends ECC82
.subckt 6DJ8 plate grid cathode
X1 plate grid cathode triode mu=28 ex=1.3 kg1=330 kp=320 kvb=300 ccg=2.3p cgp=2.1p ccp=0.7p
.ends 6DJ8
.subckt EL34 plate grid cathode screen
X1 plate grid cathode screen pentode mu=11 ex=1.35 kg1=650 kg2=4200 kp=60 kvb=24 ccg=15p cgp=1p ccp=8p
.ends EL34
.subckt 6L6GC plate grid cathode screen
X1 plate grid cathode screen pentode mu=8.7 ex=1.35 kg1=1460 kg2=4500 kp=48 kvb=12 ccg=14p cgp=0.85p ccp=12p
.ends 6L6GC
.subckt KT88 plate grid cathode screen
X1 plate grid cathode screen pentode mu=8.8 ex=1.35 kg1=730 kg2=4200 kp=32 kvb=16 ccg=14p cgp=0.85p ccp=12p
.ends KT88
.subckt EL84 plate grid cathode screen
X1 plate grid cathode screen pentode mu=19 ex=1.35 kg1=669 kg2=1978 kp=200 kvb=24 ccg=10.8p cgp=0.5p ccp=6.5p
.ends EL84
.subckt 6V6GT plate grid cathode screen
X1 plate grid cathode screen pentode mu=9.16 ex=1.35 kg1=2579 kg2=8440 kp=60 kvb=15 ccg=9p cgp=0.7p ccp=7.5p
.ends 6V6GT
`;
