/** tensor, in Node: what has to be switched on before the fast kernels are compiled. */

export { enableRelaxedSimd } from "../kernels/index.node.ts";
