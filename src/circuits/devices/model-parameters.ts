import type { SemiconductorElement } from "../circuit.ts";
import { thermalVoltage } from "./device.ts";

/** The parameters of one semiconductor, with defaults, at one temperature. */
export interface ModelParameters {
  /** A parameter by SPICE's name in lower case. */
  readonly get: (name: string, otherwise: number) => number;
  readonly area: number;
  /** Volts, at the circuit's temperature. */
  readonly thermalVolts: number;
}

/** Temperature at which models are given. */
const nominalCelsius = 27;

/**
 * An element's parameters, its saturation currents carried to the circuit's temperature (EG, XTI).
 *
 * Other parameters stay as they are at 27 °C.
 */
export function modelParameters(
  { parameters, area, kind }: SemiconductorElement,
  { temperatureCelsius }: { readonly temperatureCelsius: number },
): ModelParameters {
  const thermalVolts = thermalVoltage(temperatureCelsius);
  const nominal = parameters.tnom ?? nominalCelsius;
  const ratio = (temperatureCelsius + 273.15) / (nominal + 273.15);
  const gap = parameters.eg ?? 1.11;
  const exponent = parameters.xti ?? 3;
  const emission = kind === "diode" ? (parameters.n ?? 1) : 1;
  const growth = Math.exp(((ratio - 1) * gap) / (emission * thermalVolts)) * ratio ** (exponent / emission);
  return {
    area,
    thermalVolts,
    get(name, otherwise) {
      const value = parameters[name] ?? otherwise;
      return name === "is" && ratio !== 1 ? value * growth : value;
    },
  };
}
