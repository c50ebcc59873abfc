// What a focal point sees first.
export { today } from "./overview.actions.ts";
