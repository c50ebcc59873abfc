// How a case comes in.
export { checkIntake, takeIntake } from "./intake.actions.ts";
