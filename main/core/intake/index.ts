// How a case comes in.
export { checkIntake, readZone, takeIntake } from "./intake.actions.ts";
export { createPractice } from "./practice.actions.ts";
