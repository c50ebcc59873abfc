// The face of this feature: what waits for whom and what was sent; and sending parts of a case to one contact.
export { Exchange } from "./exchange.tsx";
export { Send } from "./send.tsx";
