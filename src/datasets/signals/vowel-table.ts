/** The first three resonances of a mouth in Hz. */
export type Formants = readonly [number, number, number];

/**
 * Ten vowels of American English, means of men's and of women's voices, from "heed" to "heard".
 *
 * @see Peterson & Barney 1952, "Control methods used in a study of the vowels", table II
 */
export const vowelFormants: Readonly<Record<"man" | "woman", Readonly<Record<string, Formants>>>> = {
  man: {
    heed: [270, 2290, 3010],
    hid: [390, 1990, 2550],
    head: [530, 1840, 2480],
    had: [660, 1720, 2410],
    hod: [730, 1090, 2440],
    hawed: [570, 840, 2410],
    hood: [440, 1020, 2240],
    "who'd": [300, 870, 2240],
    hud: [640, 1190, 2390],
    heard: [490, 1350, 1690],
  },
  woman: {
    heed: [310, 2790, 3310],
    hid: [430, 2480, 3070],
    head: [610, 2330, 2990],
    had: [860, 2050, 2850],
    hod: [850, 1220, 2810],
    hawed: [590, 920, 2710],
    hood: [470, 1160, 2680],
    "who'd": [370, 950, 2670],
    hud: [760, 1400, 2780],
    heard: [500, 1640, 1960],
  },
};

/** Widths of the five resonances that a mouth is made of here, in Hz, and where the two beyond the table lie. */
export const formantWidthsHz = [70, 90, 130, 200, 300] as const;
export const upperFormantsHz = { man: [3500, 4500], woman: [4100, 5200] } as const;
