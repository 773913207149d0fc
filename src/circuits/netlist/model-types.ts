import type { SemiconductorElement } from "../circuit.ts";

/** A type of `.model` that is simulated. */
export interface DeviceType {
  readonly kind: SemiconductorElement["kind"];
  /** Of the elements that use it. */
  readonly letter: "d" | "q" | "j" | "m";
  readonly levels: readonly number[];
  /** Parameters that change what is heard here. */
  readonly simulated: readonly string[];
  /** Parameters of SPICE, ngspice and LTspice that are read and not simulated. */
  readonly passedOver: ReadonlySet<string>;
}

const words = (text: string): string[] => text.split(" ");

const diodeParameters = words("is js rs n tt cjo cj0 vj m mj fc bv vb ibv eg xti tnom area");
const diodePassedOver = new Set(
  words(
    "cj pb isr nr ikf ik ikr jsw ns jtun jtunsw ntun xtitun keg af kf nbv nbvl ibvl tikf tbv1 tbv2 trs1 trs2 trs tbv tcv " +
      "cjp cjsw php vjsw mjsw fcs isw tlev tlevc cta ctp tpb tphp tt1 tt2 tm1 tm2 cjsr perim pj w l bv_max id_max fv_max te_max " +
      "pd_max rth0 cth0 level vp",
  ),
);
const bipolarParameters = words(
  "is bf nf vaf va ikf ik ise ne br nr var vb ikr isc nc rb re rc tf tr cje vje pe mje me cjc vjc pc mjc mc fc eg xti tnom",
);
const bipolarPassedOver = new Set(
  words(
    "rbm irb iob xtf vtf itf ptf xcjc xcjc2 cjs ccs csub vjs ps mjs ms iss ns xtb kf af bvcbo bvbe bvcbo nbvcbo nbvbe tre1 tre2 " +
      "trb1 trb2 trbm1 trbm2 trc1 trc2 trm1 trm2 tre trb trc tvaf1 tvaf2 tvar1 tvar2 tikf1 tikf2 tikr1 tikr2 tirb1 tirb2 tnc1 tnc2 tne1 " +
      "tne2 tnf1 tnf2 tnr1 tnr2 tis1 tis2 tise1 tise2 tisc1 tisc2 tbf1 tbf2 tbr1 tbr2 titf1 titf2 ttf1 ttf2 ttr1 ttr2 tmje1 tmje2 " +
      "tmjc1 tmjc2 cn d gamma qco rco vo quasimod tcqco level subs tlev tlevc nkf nk c2 c4 jbe jbc jlbe jlbc eg_s nepi vg cco tnom2 " +
      "vbr_cb ibc ibe isub",
  ),
);
const jfetParameters = words("vto beta lambda is n rd rs cgs cgd pb m fc eg xti tnom");
const jfetPassedOver = new Set(
  words(
    "b isr nr alpha vk kf af betatce vtotc tcv bex delta hfeta hfe1 hfe2 hfg1 hfg2 hfgam lfgam lfg1 lfg2 mvst mxi nd ng p q taud taug tt acgam ibd nlev gdsnoi xc z vbi vst fnmxi level",
  ),
);
const mosfetParameters = words(
  "vto vt0 kp gamma phi lambda rd rs is cbd cbs pb mj fc cgso cgdo cgbo w l ld tnom eg xti",
);
const mosfetPassedOver = new Set(
  words(
    "tox nsub nss nfs tpg uo u0 ucrit uexp utra vmax xj neff delta theta eta kappa rsh js cj cjsw mjsw kf af n pbsw tt rg rb rds rdsw wd level l0 nlev gdsnoi",
  ),
);

const diode: DeviceType = {
  kind: "diode",
  letter: "d",
  levels: [1],
  simulated: diodeParameters,
  passedOver: diodePassedOver,
};
const bipolar = { letter: "q", levels: [1], simulated: bipolarParameters, passedOver: bipolarPassedOver } as const;
const jfet = { letter: "j", levels: [1], simulated: jfetParameters, passedOver: jfetPassedOver } as const;
const mosfet = { letter: "m", levels: [1], simulated: mosfetParameters, passedOver: mosfetPassedOver } as const;

/** Types by the word in `.model`, lower case. */
export const deviceTypes: Readonly<Record<string, DeviceType>> = {
  d: diode,
  npn: { kind: "npn", ...bipolar },
  pnp: { kind: "pnp", ...bipolar },
  njf: { kind: "njf", ...jfet },
  pjf: { kind: "pjf", ...jfet },
  nmos: { kind: "nmos", ...mosfet },
  pmos: { kind: "pmos", ...mosfet },
};

/** The type of a word in `.model`, lower case; nothing if it is none that is simulated. */
export function deviceType(word: string): DeviceType | undefined {
  return Object.hasOwn(deviceTypes, word) ? deviceTypes[word] : undefined;
}

/** Types that are refused, with what to do instead. */
const refusedTypes: Readonly<Record<string, string>> = {
  lpnp: "use a PNP model",
  nmf: "use an NJF model with element J",
  pmf: "use a PJF model with element J",
  nigbt: "IGBTs are not simulated",
};

/** What to do instead of a type of model that is refused; nothing for others. */
export function insteadOfType(type: string): string | undefined {
  return Object.hasOwn(refusedTypes, type) ? refusedTypes[type] : undefined;
}

/** What LTspice writes into models for its parts catalogue. */
const decorations = new Set(
  words(
    "mfg type vpk ipk iave irms revision dev lot vceo icrating vds ron qg manufacturer part vrev_max symbol nchan pchan if trr vf ir",
  ),
);

/** What a parameter of a model is to us. */
export function modelParameterOf(
  { simulated, passedOver }: DeviceType,
  name: string,
): "simulated" | "passed-over" | "decoration" | "unknown" {
  if (simulated.includes(name)) return "simulated";
  if (passedOver.has(name)) return "passed-over";
  return decorations.has(name) ? "decoration" : "unknown";
}

/** Parameters of noise, layout and temperature, which nobody misses here. */
const inaudible = new Set(
  words(
    "kf af level nlev gdsnoi subs xtb xtitun tm1 tm2 tbv1 tbv2 trs1 trs2 trs tbv tikf betatce vtotc tcv bex cjs ccs csub vjs ps mjs ms iss ns",
  ),
);

/** Whether leaving out a parameter of a model may be heard. */
export function isAudibleLoss(type: DeviceType, name: string): boolean {
  return modelParameterOf(type, name) === "passed-over" && !inaudible.has(name);
}
