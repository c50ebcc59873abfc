// How a case comes in.
export { checkIntake, readZone, takeIntake } from "./intake.actions.ts";
