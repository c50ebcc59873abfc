// The face of this feature: what has to be done today.
export { Today } from "./today.tsx";
