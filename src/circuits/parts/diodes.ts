/**
 * Diodes. Silicon signal and rectifier diodes are the cards that SPICE libraries share, without their temperature terms;
 * the germanium diode has 0.29 V at 1 mA, the red light-emitting diode 1.8 V at 10 mA, the green one 2.2 V. Zeners have
 * their voltage at the current of their data sheet.
 */
export const diodes = `
.model 1N4148 D(IS=2.52n RS=0.568 N=1.752 CJO=4p M=0.4 TT=20n)
.model 1N914 ako: 1N4148
.model 1S1588 ako: 1N4148
.model MA150 ako: 1N4148
.model 1N4001 D(IS=14.11n N=1.984 RS=33.89m CJO=25.89p M=0.44 VJ=0.3245 TT=5.7u BV=75 IBV=10u)
.model 1N4007 D(IS=14.11n N=1.984 RS=33.89m CJO=25.89p M=0.44 VJ=0.3245 TT=5.7u BV=1500 IBV=10u)
.model 1N34A D(IS=200n N=1.3 RS=7 CJO=0.5p VJ=0.1 M=0.27 BV=75 IBV=18m)
.model 1N60 ako: 1N34A
.model 1N5817 D(IS=31.7u N=1.373 RS=51m CJO=190p M=0.3)
.model LEDRED D(IS=93.2p N=3.73 RS=42m CJO=50p)
.model LEDGREEN D(IS=93.1p N=4.61 RS=42m CJO=50p)
.model 1N4733 D(IS=1n N=1.5 RS=1 CJO=150p BV=5.1 IBV=49m)
.model 1N4739 D(IS=1n N=1.5 RS=1 CJO=80p BV=9.1 IBV=28m)
`;
