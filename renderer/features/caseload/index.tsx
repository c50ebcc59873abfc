// The face of this feature: the cases of the office, and taking a new one in.
export { Caseload } from "./caseload.tsx";
export { NewCase } from "./new-case.tsx";
