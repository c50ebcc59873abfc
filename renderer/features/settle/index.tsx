// The face of this feature: what stands apart is settled, and what was set aside is looked at.
export { Twins } from "./twins.tsx";
export { TwoValues } from "./two-values.tsx";
export { Quarantine } from "./quarantine.tsx";
