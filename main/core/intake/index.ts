// How a case comes in.
export { checkIntake, takeIntake } from "./intake.actions.ts";
export { createPractice } from "./practice.actions.ts";
